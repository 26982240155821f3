using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The free blocks of one zone, all orders side by side: a line of /proc/buddyinfo.</summary>
public sealed record ZoneFreeBlocks
{
    /// <summary>The NUMA node.</summary>
    public required int Node { get; init; }

    /// <summary>The zone: DMA, DMA32, Normal, HighMem, Movable or Device.</summary>
    public required string Zone { get; init; }

    /// <summary>Number of free blocks of each order, from 0: of one page, two, four ...</summary>
    public required IReadOnlyList<long> FreeBlocks { get; init; }

    /// <summary>Bytes in all of them.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>For each order the share of free memory, 0 to 1, that cannot serve it: see <see cref="MemoryFragmentation.UnusableIndex"/>.</summary>
    public required IReadOnlyList<double> UnusableIndex { get; init; }

    /// <summary>The rows of <see cref="BuddyInfoFile"/> put side by side, one object a zone.</summary>
    public static IEnumerable<ZoneFreeBlocks> From(IEnumerable<MemoryFragmentation> rows) =>
        from row in rows
        group row by (row.Node, row.Zone) into zone
        select new ZoneFreeBlocks
        {
            Node = zone.Key.Node,
            Zone = zone.Key.Zone,
            FreeBlocks = new ReadableList<long>([.. zone.Select(row => row.FreeBlocks)]),
            FreeBytes = zone.Sum(row => row.FreeBytes),
            UnusableIndex = new ReadableList<double>([.. zone.Select(row => row.UnusableIndex)]),
        };
}
