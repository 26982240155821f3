namespace LinuxMemory;

/// <summary>The free blocks of one size in one zone: how broken up free memory is.</summary>
public sealed record MemoryFragmentation
{
    /// <summary>The NUMA node.</summary>
    public required int Node { get; init; }

    /// <summary>The zone: DMA, DMA32, Normal, HighMem, Movable or Device.</summary>
    public required string Zone { get; init; }

    /// <summary>The block's size as a power of two of pages; 9 is a huge page of 2 MiB on x86-64.</summary>
    public required int Order { get; init; }

    /// <summary>Bytes in one block of this order.</summary>
    public required long BlockSize { get; init; }

    /// <summary>Number of free blocks of exactly this order. Source: /proc/buddyinfo.</summary>
    public required long FreeBlocks { get; init; }

    /// <summary>Bytes in these blocks: FreeBlocks * BlockSize.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>
    /// The share of the zone's free memory, 0 to 1, that cannot serve an allocation of this order because it lies in smaller
    /// blocks; 1 where nothing is free. As the kernel's extfrag/unusable_index, in thousandths.
    /// </summary>
    public required double UnusableIndex { get; init; }

    /// <summary>Number of free blocks by migrate type (Unmovable, Movable, Reclaimable ...); null where /proc/pagetypeinfo cannot be read.</summary>
    public IReadOnlyDictionary<string, long>? ByMigrateType { get; init; }
}
