namespace LinuxMemory;

/// <summary>Decides what of a process goes into a core.</summary>
internal sealed class CorePlan(ProcessPages pages, IReadOnlyCollection<ProcessMemoryKind>? kinds, int pageSize)
{
    // Address space that nothing filled is a hole in the file; larger stretches are not in it at all, since file systems have a largest file.
    private const ulong LargestHole = 64 << 20;

    // A core's program headers are counted in 16 bits, and more with a trick that gdb knows; each run of changed pages has one.
    private const int MostPieces = 1000;

    /// <summary>The segments of all mappings, ascending.</summary>
    public IEnumerable<CoreSegment> Segments(IEnumerable<ProcessMemoryMapping> mappings) => mappings.SelectMany(SegmentsOf);

    private IEnumerable<CoreSegment> SegmentsOf(ProcessMemoryMapping mapping)
    {
        if (mapping.Start > long.MaxValue)
        {
            return [];
        }
        bool isFile = mapping.Path is not null && mapping.Kind is not (ProcessMemoryKind.SharedMemory or ProcessMemoryKind.HugePage);
        if (!IsWanted(mapping))
        {
            return Headed(mapping, isFile);
        }
        // What of a file is as it is on disk need not be in the core, unless it was asked for by its kind.
        return !isFile || kinds is not null ? Whole(mapping) : mapping.IsShared ? Headed(mapping, isFile) : Changed(mapping);
    }

    private bool IsWanted(ProcessMemoryMapping mapping) =>
        MappingContents.IsReadable(mapping) && (kinds is null ? mapping.VmFlags?.Contains("dd") != true : kinds.Contains(mapping.Kind));

    // The first page of a program or library tells a debugger which build it is.
    private IEnumerable<CoreSegment> Headed(ProcessMemoryMapping mapping, bool isFile)
    {
        ulong first = mapping.Start;
        if (isFile && mapping.Offset == 0 && MappingContents.IsReadable(mapping) && !mapping.IsShared)
        {
            first += (ulong)pageSize;
            yield return new CoreSegment(mapping, mapping.Start, first, HasContent: true);
        }
        if (first < mapping.End)
        {
            yield return new CoreSegment(mapping, first, mapping.End, HasContent: false);
        }
    }

    private IEnumerable<CoreSegment> Whole(ProcessMemoryMapping mapping)
    {
        if (mapping.IsShared || mapping.Path is not null)
        {
            return [new CoreSegment(mapping, mapping.Start, mapping.End, HasContent: true)];
        }
        return Pieces(mapping, pages.Populated(mapping.Start, mapping.End).Select(run => (run.Start, run.End)), LargestHole);
    }

    private List<CoreSegment> Changed(ProcessMemoryMapping mapping)
    {
        IEnumerable<(ulong Start, ulong End)> own = pages.Populated(mapping.Start, mapping.End)
            .Where(run => run.State is PageState.Present or PageState.Swapped).Select(run => (run.Start, run.End));
        if (mapping.Offset == 0)
        {
            own = own.Prepend((mapping.Start, mapping.Start + (ulong)pageSize));
        }
        List<CoreSegment> pieces = [.. Pieces(mapping, own, (ulong)pageSize)];
        return pieces.Count <= MostPieces ? pieces : [new CoreSegment(mapping, mapping.Start, mapping.End, HasContent: true)];
    }

    private static IEnumerable<CoreSegment> Pieces(ProcessMemoryMapping mapping, IEnumerable<(ulong Start, ulong End)> filled, ulong largestHole)
    {
        ulong next = mapping.Start;
        (ulong Start, ulong End) last = default;
        foreach ((ulong start, ulong end) in filled)
        {
            if (last.End > 0 && start < last.End + largestHole)
            {
                last.End = Math.Max(last.End, end);
                continue;
            }
            if (last.End > 0)
            {
                yield return new CoreSegment(mapping, last.Start, last.End, HasContent: true);
                next = last.End;
            }
            bool isNear = start - next < largestHole;
            if (!isNear)
            {
                yield return new CoreSegment(mapping, next, start, HasContent: false);
            }
            last = (isNear ? next : start, end);
        }
        if (last.End > 0)
        {
            next = mapping.End - last.End < largestHole ? mapping.End : last.End;
            yield return new CoreSegment(mapping, last.Start, next, HasContent: true);
        }
        if (next < mapping.End)
        {
            yield return new CoreSegment(mapping, next, mapping.End, HasContent: false);
        }
    }
}
