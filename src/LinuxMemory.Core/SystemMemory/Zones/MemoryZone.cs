using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// One zone of one NUMA node: the kernel allocates, reclaims and keeps reserves by zone. Sizes are bytes. Source: /proc/zoneinfo.
/// </summary>
public sealed record MemoryZone
{
    /// <summary>The NUMA node.</summary>
    public required int Node { get; init; }

    /// <summary>DMA, DMA32, Normal, HighMem, Movable or Device.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes that nothing uses.</summary>
    public long Free { get; internal set; }

    /// <summary>Bytes below which only the most urgent allocations succeed and every other one reclaims by itself.</summary>
    public long Min { get; internal set; }

    /// <summary>Bytes below which kswapd wakes up.</summary>
    public long Low { get; internal set; }

    /// <summary>Bytes up to which kswapd reclaims before it sleeps again.</summary>
    public long High { get; internal set; }

    /// <summary>Bytes up to which kswapd reclaims when pages are promoted between memory tiers; since 6.12, null before.</summary>
    public long? Promo { get; internal set; }

    /// <summary>Bytes by which fragmentation has raised the watermarks for now; since 5.0, null before.</summary>
    public long? Boost { get; internal set; }

    /// <summary>Bytes from the zone's first page to its last, holes included.</summary>
    public long Spanned { get; internal set; }

    /// <summary>Bytes that are there.</summary>
    public long Present { get; internal set; }

    /// <summary>Bytes that the page allocator manages; as Present before 3.9, which did not tell them apart.</summary>
    public long Managed { get; internal set; }

    /// <summary>Bytes in the contiguous memory allocator; since 5.12, null before.</summary>
    public long? Cma { get; internal set; }

    /// <summary>
    /// Bytes kept from allocations that could have used a higher zone, by that zone: the lowmem reserve. As long as there are zones.
    /// </summary>
    public IReadOnlyList<long> Protection { get; internal set; } = [];

    /// <summary>Free - Low: bytes until kswapd wakes up; negative while it works.</summary>
    public long KswapdHeadroom => Free - Low;

    /// <summary>True when the zone has memory; zones that do not exist are listed by the kernel, too.</summary>
    public bool IsPopulated => Present > 0;

    /// <summary>Bytes in the lists of free pages that each CPU keeps for itself; they are not part of Free.</summary>
    public long PerCpuFree { get; internal set; }

    /// <summary>The number of the zone's first page; null where the zone has none.</summary>
    public long? StartFrame { get; internal set; }

    /// <summary>The zone's own counters under the kernel's names, in pages or events.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; internal set; } = NoCounters;

    /// <summary>The counters of the whole node, which the kernel prints once, under the node's first populated zone; null elsewhere and before 4.8.</summary>
    public IReadOnlyDictionary<string, long>? NodeCounters { get; internal set; }

    private static readonly IReadOnlyDictionary<string, long> NoCounters = new ReadableCounts();
}
