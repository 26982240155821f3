namespace LinuxMemory;

/// <summary>A part of a Java heap, or of the memory for classes. Sizes are bytes.</summary>
public sealed record JavaSpace
{
    /// <summary>Bytes that the JVM has taken for it; KiB of jstat -gc times 1024.</summary>
    public required long Capacity { get; init; }

    /// <summary>Bytes in use, as of the last collection except for Eden.</summary>
    public required long Used { get; init; }

    /// <summary>Bytes that it can grow to; null when the JVM does not tell.</summary>
    public long? Maximum { get; init; }

    /// <summary>Used in percent of Capacity, as in jstat -gcutil; 0 for a space without capacity.</summary>
    public double UsedPercent => Capacity > 0 ? 100.0 * Used / Capacity : 0;

    /// <summary>"4710432 of 44761088", for tables and CSV files.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Used} of {Capacity}");

    internal static JavaSpace? Of(PerfData counters, string name) =>
        counters.Count(name + ".capacity") is long capacity && counters.Count(name + ".used") is long used
            ? new JavaSpace { Capacity = capacity, Used = used, Maximum = counters.Count(name + ".maxCapacity") }
            : null;
}
