namespace LinuxMemory;

/// <summary>
/// The memory state in an out-of-memory report, in bytes: of the machine (Mem-Info) where all of it had run out, of the cgroup
/// where that had reached its limit. What the report does not print is null.
/// </summary>
public sealed record OomMemory
{
    /// <summary>Memory of the machine. Source: "pages RAM".</summary>
    public long? Total { get; init; }

    /// <summary>What the kernel keeps for itself of it. Source: "pages reserved".</summary>
    public long? Reserved { get; init; }

    /// <summary>Free memory of the machine.</summary>
    public long? Free { get; init; }

    /// <summary>Anonymous memory, active. Of the cgroup in a report about one, as for all up to SlabUnreclaimable.</summary>
    public long? ActiveAnon { get; init; }

    /// <summary>Anonymous memory, inactive.</summary>
    public long? InactiveAnon { get; init; }

    /// <summary>Cached files, active.</summary>
    public long? ActiveFile { get; init; }

    /// <summary>Cached files, inactive.</summary>
    public long? InactiveFile { get; init; }

    /// <summary>What cannot be reclaimed because it is locked.</summary>
    public long? Unevictable { get; init; }

    /// <summary>Cached files not yet on disk.</summary>
    public long? Dirty { get; init; }

    /// <summary>Cached files on their way to disk.</summary>
    public long? Writeback { get; init; }

    /// <summary>Mapped files.</summary>
    public long? Mapped { get; init; }

    /// <summary>Shared memory and tmpfs.</summary>
    public long? Shmem { get; init; }

    /// <summary>Page tables.</summary>
    public long? PageTables { get; init; }

    /// <summary>Slab that can be reclaimed.</summary>
    public long? SlabReclaimable { get; init; }

    /// <summary>Slab that cannot.</summary>
    public long? SlabUnreclaimable { get; init; }

    /// <summary>The page cache of the machine. Source: "total pagecache pages".</summary>
    public long? PageCache { get; init; }

    /// <summary>Swap of the machine.</summary>
    public long? SwapTotal { get; init; }

    /// <summary>Free swap of the machine.</summary>
    public long? SwapFree { get; init; }

    /// <summary>What the cgroup used. Source: "memory: usage".</summary>
    public long? Usage { get; init; }

    /// <summary>The cgroup's limit; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>How often the cgroup had reached its limit.</summary>
    public long? FailCount { get; init; }

    /// <summary>What the cgroup used of swap; on cgroup v1 of memory and swap together. Source: "swap: usage", "memory+swap: usage".</summary>
    public long? SwapUsage { get; init; }

    /// <summary>The limit of that; null for none.</summary>
    public long? SwapLimit { get; init; }

    /// <summary>What the kernel used for the cgroup. Source: "kmem: usage", cgroup v1.</summary>
    public long? KernelUsage { get; init; }

    /// <summary>The limit of that; null for none.</summary>
    public long? KernelLimit { get; init; }

    /// <summary>Mem-Info's totals under the kernel's names, in bytes; empty in a report about a cgroup.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    /// <summary>
    /// The cgroup's statistics under the kernel's names: bytes, and events for names such as pgfault; the oldest kernels print
    /// none. Source: "Memory cgroup stats for".
    /// </summary>
    public required IReadOnlyDictionary<string, long> Statistics { get; init; }

    /// <summary>The zones, in the report's order; none in a report about a cgroup.</summary>
    public required IReadOnlyList<OomZone> Zones { get; init; }
}
