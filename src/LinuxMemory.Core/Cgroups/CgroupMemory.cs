namespace LinuxMemory;

/// <summary>The memory of one cgroup: use, limits, events and who is in it. Bytes; null where the group or the kernel has no such number.</summary>
public sealed record CgroupMemory
{
    /// <summary>The group's name in its hierarchy: "/system.slice/ssh.service".</summary>
    public required string Path { get; init; }

    /// <summary>The directory of the group on this computer: "/sys/fs/cgroup/system.slice/ssh.service".</summary>
    public required string Directory { get; init; }

    /// <summary>The version of the cgroup interface that accounts the memory, 1 or 2.</summary>
    public required int Version { get; init; }

    /// <summary>Bytes that the group and all below it use now, page cache and kernel memory included; null for the root of version 2. Source: memory.current; memory.usage_in_bytes.</summary>
    public long? Current { get; init; }

    /// <summary>The largest use so far. Source: memory.peak, since 5.19; memory.max_usage_in_bytes.</summary>
    public long? Peak { get; init; }

    /// <summary>Bytes that are never reclaimed while other memory is there. Source: memory.min; null in version 1.</summary>
    public long? Min { get; init; }

    /// <summary>Bytes that are reclaimed only when nothing else is left. Source: memory.low; in version 1 the soft limit, null when it is not set.</summary>
    public long? Low { get; init; }

    /// <summary>Bytes above which the group is slowed down and reclaimed; null for no such limit, and in version 1. Source: memory.high.</summary>
    public long? High { get; init; }

    /// <summary>Bytes that the group can use at most; null for no limit of its own. Source: memory.max; memory.limit_in_bytes.</summary>
    public long? Max { get; init; }

    /// <summary>Bytes in swap. Source: memory.swap.current; in version 1 total_swap of memory.stat.</summary>
    public long? SwapCurrent { get; init; }

    /// <summary>Bytes of swap at most; null for no limit. Source: memory.swap.max; in version 1 what memory.memsw.limit_in_bytes leaves above Max.</summary>
    public long? SwapMax { get; init; }

    /// <summary>Bytes that zswap keeps compressed for the group. Source: memory.zswap.current, since 5.19.</summary>
    public long? ZswapCurrent { get; init; }

    /// <summary>Bytes of zswap at most; null for no limit. Source: memory.zswap.max, since 5.19.</summary>
    public long? ZswapMax { get; init; }

    /// <summary>The smallest limit of the group and all above it that can be seen; null when none has one.</summary>
    public long? EffectiveMax { get; init; }

    /// <summary>The group that sets EffectiveMax; null when none does.</summary>
    public string? LimitedBy { get; init; }

    /// <summary>Current in percent of EffectiveMax; null when nothing limits.</summary>
    public double? UsedPercent => EffectiveMax > 0 ? 100.0 * Current / EffectiveMax : null;

    /// <summary>True when the kernel kills the whole group as one; null in version 1. Source: memory.oom.group, since 4.19.</summary>
    public bool? KillsTogether { get; init; }

    /// <summary>True when the kernel kills nobody in the group and lets it wait for memory; null in version 2. Source: memory.oom_control.</summary>
    public bool? IsKillDisabled { get; init; }

    /// <summary>Processes of the group and of all below it that were killed because memory ran out. Source: oom_kill of memory.events; memory.oom_control, since 4.13.</summary>
    public long? OomKills => Events.TryGetValue("oom_kill", out long kills) ? kills : null;

    /// <summary>
    /// How often limits mattered, by the kernel's names: low, high, max, oom, oom_kill, oom_group_kill, swap_high, swap_max, swap_fail.
    /// Source: memory.events and memory.swap.events. In version 1 max (memory.failcnt), oom_kill and under_oom.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Events { get; init; }

    /// <summary>All lines of memory.stat by the kernel's names: sizes in bytes, else numbers of events. In version 1 those with total_ count groups below, too.</summary>
    public required IReadOnlyDictionary<string, long> Statistics { get; init; }

    /// <summary>The time that the group's tasks lost waiting for memory; null in version 1, and where the kernel does not measure it.</summary>
    public MemoryPressure? Pressure { get; init; }

    /// <summary>The ids of the processes in the group itself, ascending; 0 stands for one that this PID namespace cannot see. Source: cgroup.procs.</summary>
    public required int[] Processes { get; init; }

    /// <summary>How many processes are in the group itself.</summary>
    public int ProcessCount => Processes.Length;

    /// <summary>The systemd unit that the group belongs to, as its name says: "ssh.service"; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Files of the group that we may not read; what they would say is null. Empty when all could be read.</summary>
    public required string[] Denied { get; init; }
}
