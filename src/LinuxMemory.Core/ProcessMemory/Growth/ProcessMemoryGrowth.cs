namespace LinuxMemory;

/// <summary>Whether a process's memory grows, from many samples. The method is described in about_LinuxMemory_Growth.</summary>
public sealed record ProcessMemoryGrowth
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The process's name; null when the samples do not tell.</summary>
    public string? Name { get; init; }

    /// <summary>When the process started; null when the samples do not tell.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>What was measured: "RssAnon+Swap" for a process, "Old" for a Java heap, or the property that was asked for.</summary>
    public required string Measure { get; init; }

    /// <summary>Number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Time from the first sample to the last.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes. The floor at the end: the lowest value of the last stretch of time.</summary>
    public required long Level { get; init; }

    /// <summary>Bytes per hour by which the floor rises, by Theil-Sen; negative where it sinks.</summary>
    public required double SlopePerHour { get; init; }

    /// <summary>The probability, 0 to 1, that chance alone makes such a trend, by the Mann-Kendall test; 1 with too few samples.</summary>
    public required double PValue { get; init; }

    /// <summary>The same after Holm's correction for the number of processes that were looked at.</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>What the samples say.</summary>
    public required GrowthVerdict Verdict { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The mappings that grew most while a growing process was watched, largest first; empty for samples of earlier days and for other verdicts.</summary>
    public IReadOnlyList<ProcessMemoryMapDifference> GrowingMappings { get; init; } = [];

    /// <summary>The time until the nearest limit is reached at this pace; null when it is not growing or no limit is known.</summary>
    public TimeSpan? TimeToLimit { get; init; }

    /// <summary>That limit: "cgroup /app.slice", "RLIMIT_AS", "RLIMIT_DATA", "addresses of 32 bits", "machine" (available memory and free swap) or "Old" (of a Java heap).</summary>
    public string? Limit { get; init; }
}
