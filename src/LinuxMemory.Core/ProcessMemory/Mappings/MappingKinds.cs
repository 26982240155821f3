using System.Buffers;

namespace LinuxMemory;

/// <summary>Whose file a mapping shows.</summary>
internal enum MappedFileRole
{
    None,
    Program,
    Library,
    Data,
}

/// <summary>What a mapping is, judged by itself; the neighbours and threads that decide the rest are <see cref="MappingClassifier"/>'s.</summary>
internal static class MappingKinds
{
    // Larger forbidden stretches are address space that an allocator or a runtime reserved for later.
    private const long LargestGuard = 1 << 20;

    // Without VmFlags, page sizes above the largest base page mean a huge page pool.
    private const long LargestBasePage = 64 << 10;

    private static readonly string[] LibraryEndings = [".so", ".dll", ".node"];
    private static readonly SearchValues<char> Version = SearchValues.Create("0123456789.");

    /// <summary>The kind; anonymous memory stays Anonymous here.</summary>
    public static ProcessMemoryKind Of(ProcessMemoryMapping mapping, MappedFileRole role) =>
        mapping.Label is string label ? OfLabel(label, mapping)
        : IsHuge(mapping) ? ProcessMemoryKind.HugePage
        : IsGuard(mapping) ? ProcessMemoryKind.Guard
        : mapping.Path is null ? ProcessMemoryKind.Anonymous
        : OfFile(mapping.Path, mapping, role);

    /// <summary>True for a file on a file system that could be a program or a library.</summary>
    public static bool IsOrdinaryFile(ProcessMemoryMapping mapping) =>
        mapping.Path is string path && !IsHuge(mapping) && (IsPrivateCode(mapping) || !IsMemory(path)) && !IsDevice(path, mapping);

    /// <summary>True when the file's name alone says that it is a library: libc.so.6, System.Linq.dll, addon.node.</summary>
    public static bool IsLibraryName(string path) =>
        LibraryEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)) || HasSoVersion(path);

    /// <summary>True for a file that never is a program or library, although older Java runtimes map code from it.</summary>
    public static bool IsArchiveName(string path) => path.EndsWith(".jsa", StringComparison.Ordinal);

    /// <summary>True for what only a program, a library or a plug-in has.</summary>
    public static bool IsPrivateCode(ProcessMemoryMapping mapping) => mapping.IsExecutable && !mapping.IsShared;

    /// <summary>True for private memory without a file that can be written, as stacks and variables are.</summary>
    public static bool IsPlainMemory(ProcessMemoryMapping mapping) =>
        mapping.Kind == ProcessMemoryKind.Anonymous && mapping.IsWritable && !mapping.IsShared && mapping.Path is null;

    private static ProcessMemoryKind OfLabel(string label, ProcessMemoryMapping mapping)
    {
        switch (label)
        {
            case "[heap]":
                return ProcessMemoryKind.Heap;
            case "[stack]":
                return ProcessMemoryKind.Stack;
            case "[vdso]":
                return ProcessMemoryKind.Vdso;
            case "[vvar]" or "[vvar_vclock]":
                return ProcessMemoryKind.Vvar;
            case "[vsyscall]":
                return ProcessMemoryKind.Vsyscall;
        }
        if (label.StartsWith("[anon_shmem:", StringComparison.Ordinal))
        {
            return IsHuge(mapping) ? ProcessMemoryKind.HugePage : ProcessMemoryKind.SharedMemory;
        }
        bool named = label.StartsWith("[anon:", StringComparison.Ordinal);
        if (named && IsHuge(mapping))
        {
            return ProcessMemoryKind.HugePage;
        }
        if (named && IsGuard(mapping))
        {
            return ProcessMemoryKind.Guard;
        }
        return ThreadStackLabel.ThreadIdOf(label) is not null ? ProcessMemoryKind.ThreadStack
            : named ? ProcessMemoryKind.Anonymous
            : mapping.Flags?.IsDevice == true ? ProcessMemoryKind.Device
            : ProcessMemoryKind.Other;
    }

    private static ProcessMemoryKind OfFile(string path, ProcessMemoryMapping mapping, MappedFileRole role)
    {
        // A private mapping of /dev/zero is the old way to ask for anonymous memory.
        if (path == "/dev/zero" && !mapping.IsShared)
        {
            return ProcessMemoryKind.Anonymous;
        }
        if (IsMemory(path) && !IsPrivateCode(mapping))
        {
            return ProcessMemoryKind.SharedMemory;
        }
        if (IsDevice(path, mapping))
        {
            return ProcessMemoryKind.Device;
        }
        return role switch
        {
            MappedFileRole.Program => Pick(mapping, ProcessMemoryKind.Text, ProcessMemoryKind.Data, ProcessMemoryKind.ReadOnlyData),
            MappedFileRole.Library => Pick(mapping, ProcessMemoryKind.LibraryText, ProcessMemoryKind.LibraryData, ProcessMemoryKind.LibraryReadOnlyData),
            _ => ProcessMemoryKind.FileMapping,
        };
    }

    private static ProcessMemoryKind Pick(ProcessMemoryMapping mapping, ProcessMemoryKind code, ProcessMemoryKind data, ProcessMemoryKind constants) =>
        mapping.IsExecutable ? code : mapping.IsWritable ? data : constants;

    private static bool IsGuard(ProcessMemoryMapping mapping) =>
        !mapping.IsReadable && !mapping.IsWritable && !mapping.IsExecutable && !mapping.IsShared
        && (mapping.Path is not null || mapping.Size <= LargestGuard);

    private static bool IsHuge(ProcessMemoryMapping mapping)
    {
        if (mapping.Path is string path && (Begins(path, "/anon_hugepage") || Begins(path, "/dev/hugepages")))
        {
            return true;
        }
        return mapping.Flags?.IsHuge ?? (mapping.KernelPageSize > LargestBasePage && !(mapping.Path is string device && Begins(device, "/dev/")));
    }

    private static bool IsMemory(string path) =>
        Begins(path, "/dev/shm/") || Begins(path, "/memfd:") || Begins(path, "/SYSV") || path == "/dev/zero"
        || Begins(path, "/drm mm object") || Begins(path, "/i915");

    private static bool IsDevice(string path, ProcessMemoryMapping mapping) => (Begins(path, "/dev/") && !IsMemory(path)) || mapping.Flags?.IsDevice == true;

    private static bool Begins(string path, string start) => path.StartsWith(start, StringComparison.Ordinal);

    private static bool HasSoVersion(string path)
    {
        int at = path.LastIndexOf(".so.", StringComparison.Ordinal);
        return at >= 0 && at + 4 < path.Length && path.AsSpan(at + 4).IndexOfAnyExcept(Version) < 0;
    }
}
