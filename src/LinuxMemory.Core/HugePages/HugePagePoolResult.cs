namespace LinuxMemory;

/// <summary>What asking for a pool of huge pages brought: the kernel may make fewer pages than it is asked for.</summary>
public sealed record HugePagePoolResult
{
    /// <summary>The NUMA node; null for the whole machine.</summary>
    public int? Node { get; init; }

    /// <summary>Bytes in one page.</summary>
    public required long PageSize { get; init; }

    /// <summary>Number of pages that the pool was to have.</summary>
    public required long Asked { get; init; }

    /// <summary>Number of pages that the pool has, read back. Source: nr_hugepages.</summary>
    public required long Achieved { get; init; }

    /// <summary>Number of pages that it had before.</summary>
    public required long Before { get; init; }

    /// <summary>Number of pages beyond the pool's size: in use now, and gone when they are freed.</summary>
    public long? Surplus { get; init; }

    /// <summary>Bytes in the pool: Achieved * PageSize.</summary>
    public long Bytes => Achieved * PageSize;

    /// <summary>True when the pool has at least the pages that were asked for, or has let go of all that is not in use.</summary>
    public bool IsComplete => Achieved - (Surplus ?? 0) == Asked;

    /// <summary>How often memory was compacted on the way.</summary>
    public int Compactions { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
}
