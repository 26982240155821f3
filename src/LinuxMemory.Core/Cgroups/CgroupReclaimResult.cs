namespace LinuxMemory;

/// <summary>What it brought to ask the kernel to reclaim the memory of a cgroup.</summary>
public sealed record CgroupReclaimResult
{
    /// <summary>The group.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes that were asked for; null for all that can be had.</summary>
    public required long? Asked { get; init; }

    /// <summary>Bytes that the group uses less than before: Before - After. Below zero when it took more meanwhile; null where it does not say.</summary>
    public long? Reclaimed => Before - After;

    /// <summary>Bytes that the group used before.</summary>
    public required long? Before { get; init; }

    /// <summary>Bytes that it used afterwards.</summary>
    public required long? After { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Time that tasks of the group lost waiting for memory meanwhile; null where the kernel does not measure it.</summary>
    public required TimeSpan? Stall { get; init; }

    /// <summary>Why it ended.</summary>
    public required CgroupReclaimEnd End { get; init; }
}

/// <summary>Why reclaim ended.</summary>
public enum CgroupReclaimEnd
{
    /// <summary>The kernel reclaimed what was asked for.</summary>
    Done,
    /// <summary>The kernel found less than was asked for (EAGAIN).</summary>
    NothingLeft,
    /// <summary>Tasks of the group waited longer than they were to.</summary>
    Stalled,
    /// <summary>The user stopped it.</summary>
    Stopped,
}
