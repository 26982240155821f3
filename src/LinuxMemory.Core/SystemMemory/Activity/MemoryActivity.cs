namespace LinuxMemory;

/// <summary>What the machine did with its memory between two readings, by the formulas of vmstat and sar. Rates are per second.</summary>
public sealed record MemoryActivity
{
    /// <summary>When the interval ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long the interval was, by a clock that nobody sets; the time since boot for the first reading since boot.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Bytes read from block devices: pgpgin, vmstat's bi and sar's pgpgin/s.</summary>
    public double? PagedIn { get; init; }

    /// <summary>Bytes written to block devices: pgpgout, vmstat's bo and sar's pgpgout/s.</summary>
    public double? PagedOut { get; init; }

    /// <summary>Bytes read from swap: pswpin, vmstat's si.</summary>
    public double? SwappedIn { get; init; }

    /// <summary>Bytes written to swap: pswpout, vmstat's so.</summary>
    public double? SwappedOut { get; init; }

    /// <summary>Page faults: pgfault.</summary>
    public double? Faults { get; init; }

    /// <summary>Page faults that had to read: pgmajfault.</summary>
    public double? MajorFaults { get; init; }

    /// <summary>Pages freed: pgfree.</summary>
    public double? FreedPages { get; init; }

    /// <summary>Pages that kswapd looked at: pgscan_kswapd, with the zones of kernels before 4.8 added up.</summary>
    public double? ScannedByKswapd { get; init; }

    /// <summary>Pages that allocations looked at by themselves: pgscan_direct, without pgscan_direct_throttle.</summary>
    public double? ScannedDirect { get; init; }

    /// <summary>Pages reclaimed: pgsteal_anon + pgsteal_file; pgsteal_kswapd + pgsteal_direct where the kernel has only these.</summary>
    public double? Stolen { get; init; }

    /// <summary>Stolen in percent of ScannedByKswapd + ScannedDirect, sar's %vmeff; null where nothing was scanned.</summary>
    public double? ReclaimEfficiencyPercent { get; init; }

    /// <summary>Allocations that had to reclaim by themselves: allocstall, all zones.</summary>
    public double? AllocationStalls { get; init; }

    /// <summary>Allocations that had to compact memory by themselves: compact_stall.</summary>
    public double? CompactionStalls { get; init; }

    /// <summary>Huge pages given at a page fault: thp_fault_alloc.</summary>
    public double? ThpFaultAllocations { get; init; }

    /// <summary>Page faults that got a small page for want of a huge one: thp_fault_fallback.</summary>
    public double? ThpFaultFallbacks { get; init; }

    /// <summary>Evicted pages read back: workingset_refault, files and anonymous memory.</summary>
    public double? Refaults { get; init; }

    /// <summary>Processes killed for want of memory: oom_kill, since 4.13.</summary>
    public double? OomKills { get; init; }

    /// <summary>Counters that went backwards in the interval, by reset or wrap; their rates are null.</summary>
    public IReadOnlyList<string> Backwards { get; init; } = [];

    /// <summary>Bytes available at the end. Source: MemAvailable.</summary>
    public long? MemAvailable { get; init; }

    /// <summary>Bytes free at the end. Source: MemFree.</summary>
    public long MemFree { get; init; }

    /// <summary>Bytes of cache at the end, as free shows it.</summary>
    public long? BuffCache { get; init; }

    /// <summary>Bytes waiting to be written at the end.</summary>
    public long? Dirty { get; init; }

    /// <summary>Bytes being written at the end.</summary>
    public long? Writeback { get; init; }

    /// <summary>Bytes of swap in use at the end.</summary>
    public long? SwapUsed { get; init; }

    /// <summary>CommittedAS in percent of MemTotal + SwapTotal, sar's %commit.</summary>
    public double? CommitPercent { get; init; }

    /// <summary>Percent of the last 10 seconds in which some task waited for memory; null where the kernel does not measure pressure.</summary>
    public double? SomePressure10 { get; init; }

    /// <summary>Percent of the last 10 seconds in which all tasks waited for memory; null where the kernel does not measure pressure.</summary>
    public double? FullPressure10 { get; init; }
}
