namespace LinuxMemory;

/// <summary>One row of the task table in an out-of-memory report. Sizes are bytes; what the kernel's era does not print is null.</summary>
public sealed record OomTask
{
    /// <summary>The process id, or the id of the thread that holds the memory.</summary>
    public required int Id { get; init; }

    /// <summary>The process's name, at most 15 bytes. Source: comm.</summary>
    public required string Name { get; init; }

    /// <summary>The user's id; null where the number is garbled.</summary>
    public required long? UserId { get; init; }

    /// <summary>The id of the thread group, which people call the process id.</summary>
    public required int ThreadGroupId { get; init; }

    /// <summary>Bytes of address space. Source: total_vm, pages.</summary>
    public required long? TotalVm { get; init; }

    /// <summary>Bytes in memory. Source: rss, pages.</summary>
    public required long? Rss { get; init; }

    /// <summary>Anonymous bytes in memory. Source: rss_anon, pages; since 6.8.</summary>
    public long? AnonRss { get; init; }

    /// <summary>Bytes of files in memory. Source: rss_file, pages; since 6.8.</summary>
    public long? FileRss { get; init; }

    /// <summary>Bytes of shared memory. Source: rss_shmem, pages; since 6.8.</summary>
    public long? ShmemRss { get; init; }

    /// <summary>Bytes of page tables. Source: nr_ptes and nr_pmds, pages, since 3.8; pgtables_bytes, bytes, since 4.15.</summary>
    public long? PageTables { get; init; }

    /// <summary>Bytes in swap. Source: swapents, pages; since 3.8.</summary>
    public long? Swap { get; init; }

    /// <summary>What an administrator added to the score, -1000 to 1000. Since 2.6.36.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>The older adjustment, -17 to 15. Source: oom_adj, up to 3.7.</summary>
    public int? OomAdj { get; init; }
}
