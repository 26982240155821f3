namespace LinuxMemory;

public sealed partial class MemInfo
{
    // In some containers Available exceeds Total; then free memory is all that is sure.
    private long? SaneAvailable => MemAvailable > MemTotal ? MemFree : MemAvailable;

    /// <summary>Bytes in use as procps 4 counts: MemTotal - MemAvailable; with MemFree where MemAvailable exceeds MemTotal.</summary>
    public long? Used => MemTotal - SaneAvailable;

    /// <summary>Bytes in use as procps 3 counted: MemTotal - MemFree - Buffers - Cached - SReclaimable.</summary>
    public long? UsedClassic => MemTotal - MemFree - BuffCache;

    /// <summary>Bytes of cache as free shows it: Buffers + Cached + SReclaimable.</summary>
    public long? BuffCache => Buffers + Cached + (SReclaimable ?? 0);

    /// <summary>Bytes of swap in use: SwapTotal - SwapFree.</summary>
    public long? SwapUsed => SwapTotal - SwapFree;

    /// <summary>Bytes that could still be promised under strict overcommit: CommitLimit - CommittedAS; negative when more is promised.</summary>
    public long? CommitHeadroom => CommitLimit - CommittedAS;

    /// <summary>Used in percent of MemTotal.</summary>
    public double? UsedPercent => Percent(Used, MemTotal);

    /// <summary>MemAvailable in percent of MemTotal.</summary>
    public double? AvailablePercent => Percent(SaneAvailable, MemTotal);

    /// <summary>SwapUsed in percent of SwapTotal; null where there is no swap.</summary>
    public double? SwapUsedPercent => Percent(SwapUsed, SwapTotal);

    /// <summary>Bytes that this process can use at most: the smallest limit of its cgroup and all above; null when none is below MemTotal.</summary>
    public long? EffectiveTotal => Limit?.Bytes;

    /// <summary>Bytes still available under that limit, at most MemAvailable: limit - (use - inactive page cache) of the limiting group; null when none limits it, or where its use is not told.</summary>
    public long? EffectiveAvailable => Limit?.Available is long left ? Math.Min(left, SaneAvailable ?? left) : null;

    /// <summary>The cgroup whose limit counts, "/user.slice"; null when none is below MemTotal.</summary>
    public string? LimitedBy => Limit?.Group;

    // Set only where it is below MemTotal.
    internal EffectiveLimit? Limit { get; init; }

    private static double? Percent(long? part, long? whole) => whole > 0 ? 100.0 * part / whole : null;
}
