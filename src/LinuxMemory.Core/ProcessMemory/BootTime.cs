using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>When a machine started: the line "btime 1763777000" of /proc/stat, seconds since 1970.</summary>
public static class BootTime
{
    // USER_HZ, in which the kernel reports to programs on all architectures but the Alpha, whatever its own clock.
    private const int TicksPerSecond = 100;
    private const long LatestSecond = 253402300799;

    /// <summary>The time; null when the machine has no such file or line.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    /// <exception cref="KernelFormatException">The line is garbled.</exception>
    public static DateTimeOffset? Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead("proc/stat");
        return reader is null ? null : Parse(reader);
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">The line is garbled.</exception>
    public static DateTimeOffset? Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("btime "u8))
            {
                long seconds = line.TakeInt64();
                return seconds is >= 0 and <= LatestSecond
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : throw line.Malformed("a time before the year 10000");
            }
        }
        return null;
    }

    /// <summary>The time so many clock ticks after the start; null when it is beyond what a calendar can say.</summary>
    public static DateTimeOffset? Plus(DateTimeOffset boot, long ticks) =>
        ticks >= 0 && ticks / TicksPerSecond < LatestSecond - boot.ToUnixTimeSeconds()
            ? boot + TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond))
            : null;
}
