namespace LinuxMemory;

/// <summary>Decides what of a process goes into a core; pages of the loader's lists do, whatever their kind.</summary>
internal sealed class CorePlan(ProcessPages pages, IReadOnlyCollection<ProcessMemoryKind>? kinds, int pageSize)
{
    // Address space that nothing filled is a hole in the file; larger stretches are not in it at all, since file systems have a largest file.
    private const ulong LargestHole = 64 << 20;

    // A core's program headers are counted in 16 bits, and more with a trick that gdb knows; each run of changed pages has one.
    private const int MostPieces = 1000;

    /// <summary>What smaps says of the mappings.</summary>
    public required CoreDetails Details { get; init; }

    /// <summary>Pages with the loader's lists.</summary>
    public required SortedSet<ulong> Loader { get; init; }

    /// <summary>Where the threads' stacks are: of a thread that ran when the kinds were read nobody knew it yet.</summary>
    public required SortedSet<ulong> StackPointers { get; init; }

    /// <summary>The segments of all mappings, ascending.</summary>
    public IEnumerable<CoreSegment> Segments(IEnumerable<ProcessMemoryMapping> mappings) => mappings.Select(Details.Of).SelectMany(SegmentsOf);

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
        // What of a file is as it is on disk need not be in the core, unless it was asked for by its kind; of a deleted one nobody has it later.
        return !isFile || mapping.IsDeleted || kinds is not null ? Whole(mapping) : mapping.IsShared ? Headed(mapping, isFile) : Changed(mapping);
    }

    private bool IsWanted(ProcessMemoryMapping mapping) =>
        MappingContents.IsReadable(mapping) && (kinds is null ? !Details.IsKeptOut(mapping) : kinds.Contains(KindOf(mapping)) || mapping.Kind == ProcessMemoryKind.Vdso);

    private ProcessMemoryKind KindOf(ProcessMemoryMapping mapping) =>
        mapping.Kind == ProcessMemoryKind.Anonymous && StackPointers.GetViewBetween(mapping.Start, mapping.End - 1).Count > 0 ? ProcessMemoryKind.ThreadStack : mapping.Kind;

    // The first page of a program or library tells a debugger which build it is.
    private IEnumerable<CoreSegment> Headed(ProcessMemoryMapping mapping, bool isFile)
    {
        bool isReadable = MappingContents.IsReadable(mapping);
        IEnumerable<ulong> first = isFile && isReadable && !mapping.IsShared ? FirstPage(mapping) : [];
        IEnumerable<ulong> listed = isReadable ? Loader.GetViewBetween(mapping.Start, mapping.End - 1) : [];
        return Pieces(mapping, first.Union(listed).Select(page => (page, page + (ulong)pageSize)), (ulong)pageSize);
    }

    private IEnumerable<CoreSegment> Whole(ProcessMemoryMapping mapping) =>
        mapping.IsShared || mapping.Path is not null || LargestHoleIn(mapping) < LargestHole
            ? [new CoreSegment(mapping, mapping.Start, mapping.End, HasContent: true)]
            : Pieces(mapping, pages.Filled(mapping.Start, mapping.End), LargestHole);

    // At most what smaps did not count; before it was read, all.
    private static ulong LargestHoleIn(ProcessMemoryMapping mapping) =>
        mapping.End - mapping.Start - (ulong)Math.Clamp(mapping.Rss + mapping.Swap ?? 0, 0, (long)(mapping.End - mapping.Start));

    private List<CoreSegment> Changed(ProcessMemoryMapping mapping)
    {
        IEnumerable<(ulong Start, ulong End)> own = pages.Populated(mapping.Start, mapping.End)
            .Where(run => run.State is PageState.Present or PageState.Swapped).Select(run => (run.Start, run.End));
        IEnumerable<(ulong Start, ulong End)> first = FirstPage(mapping).Select(page => (page, page + (ulong)pageSize));
        List<CoreSegment> pieces = [.. Pieces(mapping, first.Concat(own), (ulong)pageSize)];
        return pieces.Count <= MostPieces ? pieces : [new CoreSegment(mapping, mapping.Start, mapping.End, HasContent: true)];
    }

    // Not a hole, which reading would fill.
    private IEnumerable<ulong> FirstPage(ProcessMemoryMapping mapping) =>
        mapping.Offset == 0 && MappingContents.Filled(pages, mapping, mapping.Start, mapping.Start + (ulong)pageSize).Any() ? [mapping.Start] : [];

    private static IEnumerable<CoreSegment> Pieces(ProcessMemoryMapping mapping, IEnumerable<(ulong Start, ulong End)> filled, ulong largestHole)
    {
        ulong next = mapping.Start;
        List<(ulong Start, ulong End)> runs = [];
        foreach ((ulong start, ulong end) in filled)
        {
            if (runs.Count > 0 && start >= runs[^1].End + largestHole)
            {
                yield return Piece(runs[^1].End);
                next = runs[^1].End;
                runs = [];
            }
            if (runs.Count == 0 && start - next >= largestHole)
            {
                yield return new CoreSegment(mapping, next, start, HasContent: false);
                next = start;
            }
            if (runs.Count > 0 && start <= runs[^1].End)
            {
                runs[^1] = (runs[^1].Start, Math.Max(runs[^1].End, end));
            }
            else
            {
                runs.Add((start, end));
            }
        }
        if (runs.Count > 0)
        {
            ulong end = mapping.End - runs[^1].End < largestHole ? mapping.End : runs[^1].End;
            yield return Piece(end);
            next = end;
        }
        if (next < mapping.End)
        {
            yield return new CoreSegment(mapping, next, mapping.End, HasContent: false);
        }
        CoreSegment Piece(ulong end) => new(mapping, next, end, HasContent: true) { Filled = runs };
    }
}
