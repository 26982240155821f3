using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Finds the kernel's kills for memory in a machine's logs, or in logs that are named.</summary>
public static class OomEvents
{
    private const int TailLength = 64 * 1024;

    /// <summary>
    /// The events that the machine's own logs tell, each once. On this computer: the ring buffer and the journal, and the files of
    /// syslog where there is no journal and the ring buffer does not reach back; in a tree of files: the captured logs and those of syslog.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="after">How far back to look; null for this start of the machine.</param>
    /// <param name="failed">Told of each log that cannot be read although another one can.</param>
    /// <exception cref="KernelException">No log can be read.</exception>
    public static IEnumerable<OomEvent> Read(Machine machine, DateTimeOffset? after, Action<string, Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(failed);
        return machine.IsLive ? OomSources.OfThisComputer(machine, after, failed) : OomSources.OfTree(machine, failed);
    }

    /// <summary>The events in files of this computer, each once. Parts of a rotated log are read in their order, oldest first.</summary>
    /// <param name="machine">The machine that wrote them, for the size of a page.</param>
    /// <param name="paths">The files; gzip is unpacked.</param>
    /// <param name="failed">Told of each file that cannot be read; the others still are.</param>
    /// <param name="doubted">Told of each file without any event in which lines speak of kills, but do not show that the kernel wrote them; and of how many.</param>
    public static IEnumerable<OomEvent> ReadFiles(Machine machine, IEnumerable<string> paths, Action<string, Exception> failed, Action<string, long>? doubted = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(failed);
        return OomSources.OfFiles(machine, paths, failed, doubted);
    }

    /// <summary>
    /// The clock for a log. What a log without any time rests on is the file's own: its last line is taken to be as old as it.
    /// </summary>
    internal static LogClock ClockOf(LogFile log, DateTimeOffset? boot, TimeZoneInfo zone) =>
        new(log.WrittenBy, boot, boot is null && LastUptime(log) is long uptime ? log.WrittenBy.AddTicks(-uptime * TimeSpan.TicksPerMicrosecond) : null, zone);

    // Null when the lines have times of their own, or none at all.
    private static long? LastUptime(LogFile log)
    {
        ReadOnlySpan<byte> tail = LogDecoding.OfTail(log.Tail(TailLength));
        LogPrefix prefix = new(new LogClock(log.WrittenBy));
        long? last = null;
        while (!tail.IsEmpty)
        {
            int end = tail.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? tail : tail[..end];
            tail = end < 0 ? default : tail[(end + 1)..];
            if (prefix.TryRead(line, out KernelMessage message) && (message.Uptime >= 0 || message.Time is not null))
            {
                last = message.Time is null ? message.Uptime : null;
            }
        }
        return last;
    }
}
