namespace LinuxMemory;

/// <summary>The pool of huge pages of one size, of the machine or of one node. Source: /sys/kernel/mm/hugepages.</summary>
public sealed record HugePagePool
{
    /// <summary>The NUMA node; null for the whole machine.</summary>
    public int? Node { get; init; }

    /// <summary>Bytes in one page.</summary>
    public required long PageSize { get; init; }

    /// <summary>Number of pages in the pool, surplus ones included.</summary>
    public required long Total { get; init; }

    /// <summary>Number of pages that nobody uses.</summary>
    public long? Free { get; init; }

    /// <summary>Number of free pages that are promised to a process; null for a node.</summary>
    public long? Reserved { get; init; }

    /// <summary>Number of pages beyond the pool's size, allowed by overcommit.</summary>
    public long? Surplus { get; init; }

    /// <summary>How many surplus pages there may be; null for a node.</summary>
    public long? Overcommit { get; init; }

    /// <summary>Bytes in the pool: Total * PageSize.</summary>
    public required long Bytes { get; init; }
}
