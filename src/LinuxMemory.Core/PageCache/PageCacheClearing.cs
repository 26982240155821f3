namespace LinuxMemory;

/// <summary>What dropping caches brought.</summary>
public sealed record PageCacheClearing
{
    /// <summary>What was dropped.</summary>
    public required PageCacheMode Mode { get; init; }

    /// <summary>The file whose pages were dropped; null when it was not about one file.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes in the cache before: of the file, else Buffers + Cached + SReclaimable. Null when the kernel may not tell us about a file that we cannot write.</summary>
    public required long? Before { get; init; }

    /// <summary>Bytes in the cache afterwards.</summary>
    public required long? After { get; init; }

    /// <summary>Bytes: Before - After. Below zero when others filled the cache faster.</summary>
    public long? Freed => Before - After;

    /// <summary>Freed as a percentage of Before; null when there was nothing.</summary>
    public double? FreedPercent => Before > 0 ? Freed * 100.0 / Before : null;

    /// <summary>How long it took, with the writing of dirty pages before it.</summary>
    public required TimeSpan Duration { get; init; }
}
