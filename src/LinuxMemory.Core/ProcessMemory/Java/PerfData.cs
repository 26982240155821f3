using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The counters of a JVM by their names.</summary>
public sealed class PerfData
{
    private readonly string _file;
    private readonly Dictionary<string, object> _counters;

    internal PerfData(string file, Dictionary<string, object> counters)
    {
        _file = file;
        _counters = counters;
    }

    /// <summary>The names, in the JVM's order.</summary>
    public IReadOnlyCollection<string> Names => _counters.Keys;

    /// <summary>A text; null where this JVM has none of that name.</summary>
    public string? Text(string name) => _counters.GetValueOrDefault(name) as string;

    /// <summary>A number; null where this JVM has none of that name.</summary>
    public long? Number(string name) => _counters.GetValueOrDefault(name) as long?;

    /// <summary>A number of bytes or of events; null where this JVM has none of that name.</summary>
    /// <exception cref="KernelFormatException">It is negative.</exception>
    public long? Count(string name) => Number(name) is long number
        ? number >= 0 ? number : throw new KernelFormatException(_file, 1, $"{name} not below 0", $"{number}")
        : null;

    /// <summary>A number of ticks of the JVM's clock as a duration; null where this JVM has none of that name.</summary>
    /// <exception cref="KernelFormatException">It is negative, or beyond what a duration can say.</exception>
    public TimeSpan? Duration(string name)
    {
        if (Count(name) is not long ticks || Number("sun.os.hrt.frequency") is not long frequency || frequency <= 0)
        {
            return null;
        }
        Int128 time = (Int128)ticks * TimeSpan.TicksPerSecond / frequency;
        return time <= long.MaxValue ? TimeSpan.FromTicks((long)time) : throw new KernelFormatException(_file, 1, $"{name} as a duration", $"{ticks} at {frequency} Hz");
    }
}
