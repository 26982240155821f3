using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// What the kernel logged about kills for memory, in the text of any log: /dev/kmsg, dmesg, syslog, RFC 5424, journalctl's short
/// formats and its json. Events come out as soon as they are complete.
/// </summary>
public static class OomLogFile
{
    /// <summary>The events in a text.</summary>
    /// <exception cref="KernelException">It cannot be read.</exception>
    public static IReadOnlyList<OomEvent> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using MemoryStream text = new(reader.ReadToEnd().ToArray());
        return [.. Read([(text, new LogClock(DateTimeOffset.Now), reader.Name)], Environment.SystemPageSize)];
    }

    /// <summary>The events in one log, or in the parts of a rotated one, oldest first: a report may go on in the next part.</summary>
    /// <exception cref="KernelFormatException">A packed log is damaged; what stands before comes out first.</exception>
    internal static IEnumerable<OomEvent> Read(IEnumerable<(Stream Text, LogClock Clock, string Name)> parts, int pageSize)
    {
        OomLogParser parser = new(pageSize);
        foreach ((Stream text, LogClock clock, string name) in parts)
        {
            parser.Begin(clock, name);
            LogScanner scanner = new(text);
            Exception? damage = null;
            for (bool goesOn = true; goesOn;)
            {
                try
                {
                    goesOn = scanner.Advance(parser);
                }
                catch (Exception e) when (e is KernelException or KernelFormatException)
                {
                    parser.End();
                    goesOn = false;
                    damage = e;
                }
                while (parser.TryTake(out OomEvent? finished))
                {
                    yield return finished!;
                }
            }
            if (damage is not null)
            {
                throw damage;
            }
        }
        parser.End();
        while (parser.TryTake(out OomEvent? finished))
        {
            yield return finished!;
        }
    }
}
