namespace LinuxMemory;

/// <summary>A process that the kernel killed for memory. Sizes are bytes; what the kernel's era does not print is null.</summary>
public sealed record OomVictim
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The process's name, at most 15 bytes. Source: comm.</summary>
    public required string Name { get; init; }

    /// <summary>The user's id; null when neither the kill nor the task table says.</summary>
    public long? UserId { get; init; }

    /// <summary>Bytes of address space. Source: total-vm; since 2.6.33.</summary>
    public long? TotalVm { get; init; }

    /// <summary>Anonymous bytes in memory. Source: anon-rss; since 2.6.33.</summary>
    public long? AnonRss { get; init; }

    /// <summary>Bytes of files in memory. Source: file-rss; since 2.6.33.</summary>
    public long? FileRss { get; init; }

    /// <summary>Bytes of shared memory. Source: shmem-rss; since 4.5.</summary>
    public long? ShmemRss { get; init; }

    /// <summary>Bytes of page tables. Source: pgtables, since 5.4; the task table before.</summary>
    public long? PageTables { get; init; }

    /// <summary>Bytes in swap. Source: the task table.</summary>
    public long? Swap { get; init; }

    /// <summary>What an administrator added to the score. Source: oom_score_adj, since 5.4; the task table before.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>True when the log shows that oom_reaper took its memory before it had ended. Since 4.6.</summary>
    public bool IsReaped { get; init; }
}
