namespace LinuxMemory;

/// <summary>
/// One process and its memory, as the kernel says in /proc/PID. Sizes are bytes. What the kernel does not say about this
/// process, or does not let us read (see <see cref="Access"/>), is null; zero is the kernel's zero.
/// </summary>
public sealed class ProcessMemory
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it, whole where the kernel keeps only 15 bytes. Source: stat, cmdline.</summary>
    public string? Name { get; init; }

    /// <summary>The arguments with spaces between them; null for kernel threads, zombies and processes that cleared it. Source: cmdline.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The effective user id, as in ps and top. Source: status, Uid.</summary>
    public long? UserId { get; init; }

    /// <summary>The name of that user in the machine's /etc/passwd; null when it is not there.</summary>
    public string? UserName { get; init; }

    /// <summary>The id of the parent; 0 for the first process and for kthreadd. Source: stat.</summary>
    public int? ParentId { get; init; }

    /// <summary>When it started, to 1/100 s; in local time for this computer, in UTC for a tree. Source: stat, and btime of /proc/stat.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Bytes of address space, VIRT of top; 0 for kernel threads and zombies. Source: VmSize, stat.</summary>
    public long? VirtualSize { get; init; }

    /// <summary>Bytes in memory, RES of top: RssAnon + RssFile + RssShmem, without hugetlb pages; 0 for kernel threads and zombies. Source: VmRSS, stat.</summary>
    public long? Rss { get; init; }

    /// <summary>Bytes in memory that no file backs. Source: RssAnon, since 4.5.</summary>
    public long? RssAnon { get; init; }

    /// <summary>Bytes in memory that files back. Source: RssFile, since 4.5.</summary>
    public long? RssFile { get; init; }

    /// <summary>Bytes in memory of shared memory and tmpfs. Source: RssShmem, since 4.5.</summary>
    public long? RssShmem { get; init; }

    /// <summary>Bytes in memory with each page shared by n processes counted as 1/n: over all processes it adds up to what they use. Source: smaps_rollup, since 4.14, else smaps.</summary>
    public long? Pss { get; init; }

    /// <summary>Bytes that only this process has, as smem counts: Private_Clean + Private_Dirty. This much is free when it ends. Source: smaps_rollup, else smaps.</summary>
    public long? Uss { get; init; }

    /// <summary>Bytes in swap, without shared memory in swap. Source: VmSwap.</summary>
    public long? Swap { get; init; }

    /// <summary>Bytes in swap, shared memory included, each page shared by n processes counted as 1/n. Source: SwapPss of smaps_rollup, else smaps.</summary>
    public long? SwapPss { get; init; }

    /// <summary>Bytes in memory that others could share, SHR of top: RssFile + RssShmem.</summary>
    public long? Shared => RssFile + RssShmem;

    /// <summary>Bytes locked in memory. Source: VmLck.</summary>
    public long? Locked { get; init; }

    /// <summary>Bytes of hugetlb pages, which no other property counts. Source: HugetlbPages, since 4.4.</summary>
    public long? HugetlbPages { get; init; }

    /// <summary>Bytes of page tables. Source: VmPTE.</summary>
    public long? PageTables { get; init; }

    /// <summary>Bytes. The largest VirtualSize so far. Source: VmPeak.</summary>
    public long? PeakVirtualSize { get; init; }

    /// <summary>Bytes. The largest Rss so far. Source: VmHWM.</summary>
    public long? PeakRss { get; init; }

    /// <summary>Bytes of address space that is private and writable, without the stack. Source: VmData.</summary>
    public long? Data { get; init; }

    /// <summary>Bytes of address space of the main thread's stack. Source: VmStk.</summary>
    public long? Stack { get; init; }

    /// <summary>Bytes of address space of the program's code. Source: VmExe.</summary>
    public long? Text { get; init; }

    /// <summary>Bytes of address space of libraries' code. Source: VmLib.</summary>
    public long? Library { get; init; }

    /// <summary>Page faults since it started that needed no reading from disk. Source: stat.</summary>
    public long? MinorFaults { get; init; }

    /// <summary>Page faults since it started that read from disk. Source: stat.</summary>
    public long? MajorFaults { get; init; }

    /// <summary>Number of threads. Source: stat.</summary>
    public long? Threads { get; init; }

    /// <summary>How likely the OOM killer takes it, 0 to 2000. Source: oom_score.</summary>
    public int? OomScore { get; init; }

    /// <summary>What the administrator adds to that, -1000 (never) to 1000. Source: oom_score_adj.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>The path of the cgroup that accounts its memory; version 1 where the memory controller is there. Source: cgroup.</summary>
    public string? Cgroup { get; init; }

    /// <summary>True for a thread of the kernel, which has no memory of its own. Source: stat.</summary>
    public bool? IsKernelThread { get; init; }

    /// <summary>How much of all this we were allowed to read.</summary>
    public required ProcessMemoryAccess Access { get; init; }

    /// <summary>When it was read; for a tree, when the tree's /proc/stat was written.</summary>
    public required DateTimeOffset Time { get; init; }
}
