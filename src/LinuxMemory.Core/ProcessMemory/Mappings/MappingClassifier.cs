namespace LinuxMemory;

/// <summary>
/// Finds out what each mapping is while they stream by in the order of their addresses. A file's mappings stand together and
/// only its code says that it is a library, so those of a file with another name are held until the next file begins.
/// </summary>
internal sealed class MappingClassifier(string? program, ulong? startCode, ThreadStackPointers stacks)
{
    // A loader makes about five pieces of a file; thousands of pieces are a database's file, and nothing waits for them.
    private const int MostHeld = 16;

    private readonly List<ProcessMemoryMapping> _held = [];
    private string? _program = program;
    private ulong _dataEnd;
    private ProcessMemoryKind _behindData;

    /// <summary>The mappings with their Kind and ThreadId set.</summary>
    public IEnumerable<ProcessMemoryMapping> Classify(IEnumerable<ProcessMemoryMapping> mappings)
    {
        foreach (ProcessMemoryMapping mapping in mappings)
        {
            if (_held.Count > 0 && (_held.Count == MostHeld || !IsSameFile(_held[0], mapping)))
            {
                MappedFileRole role = RoleOfHeld();
                foreach (ProcessMemoryMapping held in _held)
                {
                    yield return Decide(held, role);
                }
                _held.Clear();
            }
            if (RoleOf(mapping) is MappedFileRole known)
            {
                yield return Decide(mapping, known);
            }
            else
            {
                _held.Add(mapping);
            }
        }
        MappedFileRole last = RoleOfHeld();
        foreach (ProcessMemoryMapping held in _held)
        {
            yield return Decide(held, last);
        }
        _held.Clear();
    }

    private static bool IsSameFile(ProcessMemoryMapping a, ProcessMemoryMapping b) => a.Inode == b.Inode && a.Device == b.Device && a.Path == b.Path;

    // Null when the mappings behind must be seen first.
    private MappedFileRole? RoleOf(ProcessMemoryMapping mapping)
    {
        if (!MappingKinds.IsOrdinaryFile(mapping))
        {
            return MappedFileRole.None;
        }
        return mapping.Path == _program ? MappedFileRole.Program
            : MappingKinds.IsArchiveName(mapping.Path!) ? MappedFileRole.Data
            : _program is not null && MappingKinds.IsLibraryName(mapping.Path!) ? MappedFileRole.Library
            : null;
    }

    private MappedFileRole RoleOfHeld()
    {
        if (_held.Count == 0)
        {
            return MappedFileRole.None;
        }
        string path = _held[0].Path!;
        // Without the exe link the program is where the code begins, and without that it is the first file.
        if (_program is null && (startCode is not ulong start || _held.Any(m => m.Start <= start && start < m.End)))
        {
            _program = path;
        }
        return path == _program ? MappedFileRole.Program
            : MappingKinds.IsLibraryName(path) || _held.Any(MappingKinds.IsPrivateCode) ? MappedFileRole.Library
            : MappedFileRole.Data;
    }

    private ProcessMemoryMapping Decide(ProcessMemoryMapping mapping, MappedFileRole role)
    {
        mapping.Kind = MappingKinds.Of(mapping, role);
        if (mapping.Kind == ProcessMemoryKind.ThreadStack)
        {
            mapping.ThreadId = ThreadStackLabel.ThreadIdOf(mapping.Label!);
        }
        else if (MappingKinds.IsPlainMemory(mapping))
        {
            mapping.ThreadId = stacks.Only(mapping.Start, mapping.End);
            mapping.Kind = mapping.ThreadId is not null ? ProcessMemoryKind.ThreadStack
                : mapping.Start == _dataEnd && mapping.Label is null ? _behindData
                : ProcessMemoryKind.Anonymous;
        }
        mapping.ThreadName = mapping.ThreadId is int thread ? stacks.NameOf(thread) : null;
        if (mapping.Kind is ProcessMemoryKind.Data or ProcessMemoryKind.LibraryData && mapping.Path is not null)
        {
            _dataEnd = mapping.End;
            _behindData = role == MappedFileRole.Program ? ProcessMemoryKind.Bss : ProcessMemoryKind.LibraryData;
        }
        return mapping;
    }
}
