namespace LinuxMemory;

/// <summary>A process's memory added up over its mappings, in bytes, each page shared by n processes counted as 1/n where it says Pss.</summary>
public sealed record SmapsRollup
{
    /// <summary>Bytes in memory.</summary>
    public long Rss { get; init; }

    /// <summary>Bytes in memory, shared pages by their share.</summary>
    public long Pss { get; init; }

    /// <summary>Bytes that no other process has, unchanged since they were read from their file.</summary>
    public long PrivateClean { get; init; }

    /// <summary>Bytes that no other process has, changed.</summary>
    public long PrivateDirty { get; init; }

    /// <summary>Bytes in swap, shared memory included.</summary>
    public long Swap { get; init; }

    /// <summary>Bytes in swap, shared ones by their share; null before 4.3.</summary>
    public long? SwapPss { get; init; }

    /// <summary>Bytes that only this process has, as smem counts: PrivateClean + PrivateDirty. This much is free when it ends.</summary>
    public long Uss => PrivateClean + PrivateDirty;
}
