namespace LinuxMemory;

/// <summary>What compaction brought in one zone.</summary>
public sealed record MemoryCompaction
{
    /// <summary>The NUMA node.</summary>
    public required int Node { get; init; }

    /// <summary>The zone: DMA, DMA32, Normal, HighMem or Movable.</summary>
    public required string Zone { get; init; }

    /// <summary>The free blocks of each order before.</summary>
    public required IReadOnlyList<MemoryFragmentation> Before { get; init; }

    /// <summary>The free blocks of each order afterwards.</summary>
    public required IReadOnlyList<MemoryFragmentation> After { get; init; }

    /// <summary>Number of free blocks more than before, by order from 0; below zero for the small ones that were put together.</summary>
    public IReadOnlyList<long> Gained => After.Zip(Before, (after, before) => after.FreeBlocks - before.FreeBlocks).ToArray();

    /// <summary>How long the kernel took for all zones together.</summary>
    public required TimeSpan Duration { get; init; }
}
