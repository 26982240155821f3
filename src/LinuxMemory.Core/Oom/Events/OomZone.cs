namespace LinuxMemory;

/// <summary>A zone as an out-of-memory report shows it. Sizes are bytes.</summary>
public sealed record OomZone
{
    /// <summary>The node; null on a kernel without NUMA.</summary>
    public required int? Node { get; init; }

    /// <summary>The zone's name, such as "DMA32".</summary>
    public required string Name { get; init; }

    /// <summary>Bytes that are free.</summary>
    public long? Free { get; init; }

    /// <summary>The reserve that ordinary allocations may not touch.</summary>
    public long? Min { get; init; }

    /// <summary>The mark below which kswapd works.</summary>
    public long? Low { get; init; }

    /// <summary>The mark up to which kswapd works.</summary>
    public long? High { get; init; }

    /// <summary>Bytes of memory in the zone, with what the kernel keeps.</summary>
    public long? Present { get; init; }

    /// <summary>Bytes that the page allocator manages. Since 3.9.</summary>
    public long? Managed { get; init; }

    /// <summary>True when the kernel had given up reclaiming here; null where the line does not say.</summary>
    public bool? IsUnreclaimable { get; init; }

    /// <summary>All sizes of the line under the kernel's names.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }
}
