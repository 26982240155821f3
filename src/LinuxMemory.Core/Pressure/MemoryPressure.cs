namespace LinuxMemory;

/// <summary>How much time was lost waiting for memory. "Some": at least one task waited; "Full": all that could run waited.</summary>
public sealed record MemoryPressure
{
    /// <summary>"System", or the path of the cgroup.</summary>
    public required string Scope { get; init; }

    /// <summary>Percent of the last 10 seconds in which some task waited for memory.</summary>
    public double SomeAverage10 { get; internal set; }

    /// <summary>Percent of the last 60 seconds in which some task waited for memory.</summary>
    public double SomeAverage60 { get; internal set; }

    /// <summary>Percent of the last 300 seconds in which some task waited for memory.</summary>
    public double SomeAverage300 { get; internal set; }

    /// <summary>Time since boot, or since the group was made, in which some task waited for memory.</summary>
    public TimeSpan SomeTotal { get; internal set; }

    /// <summary>Percent of the last 10 seconds in which all tasks waited for memory; null where the kernel does not print it.</summary>
    public double? FullAverage10 { get; internal set; }

    /// <summary>Percent of the last 60 seconds in which all tasks waited for memory; null where the kernel does not print it.</summary>
    public double? FullAverage60 { get; internal set; }

    /// <summary>Percent of the last 300 seconds in which all tasks waited for memory; null where the kernel does not print it.</summary>
    public double? FullAverage300 { get; internal set; }

    /// <summary>Time since boot, or since the group was made, in which all tasks waited for memory; null where the kernel does not print it.</summary>
    public TimeSpan? FullTotal { get; internal set; }
}
