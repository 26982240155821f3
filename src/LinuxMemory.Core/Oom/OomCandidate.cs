namespace LinuxMemory;

/// <summary>A process as the kernel's OOM killer would see it now, with its place in the order in which processes are chosen.</summary>
public sealed record OomCandidate
{
    /// <summary>The place: 1 is killed first; null for a process that can never be chosen.</summary>
    public int? Rank { get; init; }

    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The process's name, as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>What the kernel compares, in pages: (Rss + Swap + PageTables) / page + Total / page / 1000 * OomScoreAdj, up to 4.16 less for root; null for a process that can never be chosen.</summary>
    public long? Badness { get; init; }

    /// <summary>Badness in percent of Total; null for a process that can never be chosen.</summary>
    public double? BadnessPercent { get; init; }

    /// <summary>Badness in percent of that of the first candidate, 0 to 100; null for a process that can never be chosen.</summary>
    public double? RelativePercent { get; init; }

    /// <summary>Bytes in memory, as the OOM killer counts. Source: rss of /proc/PID/stat.</summary>
    public required long Rss { get; init; }

    /// <summary>Bytes in swap. Source: VmSwap of /proc/PID/status.</summary>
    public required long Swap { get; init; }

    /// <summary>Bytes of page tables. Source: VmPTE of /proc/PID/status, from 4.0 to 4.14 with VmPMD.</summary>
    public required long PageTables { get; init; }

    /// <summary>What an administrator adds, in thousandths of Total. Source: /proc/PID/oom_score_adj.</summary>
    public required int OomScoreAdj { get; init; }

    /// <summary>The same in bytes: Total / page / 1000 * OomScoreAdj * page.</summary>
    public required long Adjustment { get; init; }

    /// <summary>The kernel's own score over the whole machine. Source: /proc/PID/oom_score.</summary>
    public required long OomScore { get; init; }

    /// <summary>Bytes by which all are measured: memory and swap of the machine, or the limit of the cgroup with the swap it may use.</summary>
    public required long Total { get; init; }

    /// <summary>The cgroup that accounts the process's memory; null when it cannot be told.</summary>
    public string? Cgroup { get; init; }

    /// <summary>The cgroup that is killed as one with the process, since its memory.oom.group is 1; null when it goes alone.</summary>
    public string? KilledWith { get; init; }

    /// <summary>Why it can never be chosen; None when it can.</summary>
    public required OomExemption Exemption { get; init; }

    /// <summary>True when it is chosen before all others, since it is in swapoff(2) and uses up memory by that.</summary>
    public bool IsOrigin { get; init; }

    /// <summary>The reason for the rank in a few words: the shares of Total by which it is measured, or why it can never be chosen.</summary>
    public required string Why { get; init; }

    /// <summary>When the process started, in clock ticks after boot.</summary>
    internal long StartTicks { get; init; }
}
