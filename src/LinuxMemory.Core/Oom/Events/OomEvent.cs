namespace LinuxMemory;

/// <summary>
/// One kill for memory with the whole report around it, as the kernel logged it. A cgroup that is killed as a group is one
/// event. Sizes are bytes; what the log does not say is null.
/// </summary>
public sealed record OomEvent
{
    /// <summary>When it happened; null when the log counts from a start of the machine that nothing dates.</summary>
    public required DateTimeOffset? Time { get; init; }

    /// <summary>True when the time rests on the log file's own time, because nothing in it is dated.</summary>
    public required bool IsTimeEstimated { get; init; }

    /// <summary>How long the machine had run; null when the log does not say.</summary>
    public required TimeSpan? SinceBoot { get; init; }

    /// <summary>How it ended.</summary>
    public required OomOutcome Outcome { get; init; }

    /// <summary>What had run out; null when the log is cut and does not say.</summary>
    public required OomEventScope? Scope { get; init; }

    /// <summary>The kernel's word for that, such as CONSTRAINT_MEMCG. Since 5.0; null before.</summary>
    public required string? Constraint { get; init; }

    /// <summary>The cgroup that had reached its limit; null when it was none.</summary>
    public required string? Cgroup { get; init; }

    /// <summary>The cgroup that the victim was in.</summary>
    public required string? TaskCgroup { get; init; }

    /// <summary>The name of the process that asked for memory when none was left.</summary>
    public required string? Invoker { get; init; }

    /// <summary>Its id.</summary>
    public required int? InvokerId { get; init; }

    /// <summary>Its own adjustment.</summary>
    public required int? InvokerOomScoreAdj { get; init; }

    /// <summary>It asked for 2 to the power of this pages; -1 when an administrator asked for a kill by SysRq.</summary>
    public required int? Order { get; init; }

    /// <summary>How it asked, in the kernel's form: "0xcc0(GFP_KERNEL)". Kernels before 4.6 print the number; the names are those of their version.</summary>
    public required string? GfpMask { get; init; }

    /// <summary>The names in <see cref="GfpMask"/>.</summary>
    public required IReadOnlyList<string> GfpFlags { get; init; }

    /// <summary>The nodes that the request was bound to, such as "0-1"; null for no bounds.</summary>
    public required string? NodeMask { get; init; }

    /// <summary>The cpuset of the process that asked.</summary>
    public required string? Cpuset { get; init; }

    /// <summary>The nodes that it may use, such as "0-1".</summary>
    public required string? MemsAllowed { get; init; }

    /// <summary>The kernel's release, such as "3.10.0-1160.el7.x86_64".</summary>
    public required string? KernelRelease { get; init; }

    /// <summary>True when an administrator asked for the kill by SysRq.</summary>
    public required bool IsSysRq { get; init; }

    /// <summary>True when the process that asked was killed because vm.oom_kill_allocating_task is set.</summary>
    public required bool IsAllocatingTask { get; init; }

    /// <summary>True when all processes of a cgroup were killed because its memory.oom.group is set: see <see cref="Victims"/>.</summary>
    public required bool IsGroupKill { get; init; }

    /// <summary>The id of the process that was killed; null when nothing was.</summary>
    public required int? VictimId { get; init; }

    /// <summary>Its name.</summary>
    public required string? VictimName { get; init; }

    /// <summary>Its user.</summary>
    public required long? VictimUserId { get; init; }

    /// <summary>The score that it was chosen by, 0 to 1000 and more with an adjustment. Source: "score", 2.6.36 to 5.2; in older kernels another scale.</summary>
    public required long? Score { get; init; }

    /// <summary>Bytes of its address space.</summary>
    public required long? TotalVm { get; init; }

    /// <summary>Its anonymous bytes in memory.</summary>
    public required long? AnonRss { get; init; }

    /// <summary>Its bytes of files in memory.</summary>
    public required long? FileRss { get; init; }

    /// <summary>Its bytes of shared memory. Since 4.5.</summary>
    public required long? ShmemRss { get; init; }

    /// <summary>Bytes of its page tables.</summary>
    public required long? PageTables { get; init; }

    /// <summary>Its bytes in swap.</summary>
    public required long? Swap { get; init; }

    /// <summary>Its adjustment.</summary>
    public required int? OomScoreAdj { get; init; }

    /// <summary>The process that was chosen first and in whose place this child of it was killed. Up to 5.2.</summary>
    public required int? SacrificedForId { get; init; }

    /// <summary>That process's name.</summary>
    public required string? SacrificedForName { get; init; }

    /// <summary>All processes that were killed in this event, in the log's order.</summary>
    public required IReadOnlyList<OomVictim> Victims { get; init; }

    /// <summary>The memory state; null when the report does not show it.</summary>
    public required OomMemory? Memory { get; init; }

    /// <summary>The processes that the kernel could choose from; empty when vm.oom_dump_tasks is off or the report is missing.</summary>
    public required IReadOnlyList<OomTask> Tasks { get; init; }

    /// <summary>False when the log shows a part alone: it is cut, or the kernel limits how many reports it prints.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Where it was read: a path, or "journal".</summary>
    public required string Source { get; init; }

    /// <summary>The report's lines without the log's own prefixes.</summary>
    public required string Text { get; init; }

    /// <summary>How many kills the counters oom_kill went up by: the first victim of a group counts twice.</summary>
    public required int CountedKills { get; init; }
}
