using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// What the kernel logged about kills for memory, in the text of any log: /dev/kmsg, dmesg, syslog, RFC 5424, journalctl's short
/// formats, json, export and verbose; in UTF-8 or UTF-16. Events come out as soon as they are complete.
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
    /// <param name="parts">The parts.</param>
    /// <param name="pageSize">The size of a page where a report does not tell it.</param>
    /// <param name="doubted">Told of a log without any event in which lines speak of kills, but do not show that the kernel wrote them; and of how many.</param>
    internal static IEnumerable<OomEvent> Read(IEnumerable<(Stream Text, LogClock Clock, string Name)> parts, int pageSize, Action<string, long>? doubted = null)
    {
        OomLogParser parser = new(pageSize);
        Dictionary<string, long> doubtful = [];
        foreach ((Stream text, LogClock clock, string name) in parts)
        {
            parser.Begin(clock, name);
            LogScanner? scanner = null;
            Exception? damage = null;
            for (bool goesOn = true; goesOn;)
            {
                try
                {
                    scanner ??= new LogScanner(LogDecoding.Of(text));
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
                    doubtful.Remove(finished!.Source);
                    yield return finished;
                }
            }
            if (parser.Doubtful > 0 && parser.Found == 0)
            {
                doubtful[name] = parser.Doubtful;
            }
            if (damage is not null)
            {
                throw damage;
            }
        }
        parser.End();
        while (parser.TryTake(out OomEvent? finished))
        {
            doubtful.Remove(finished!.Source);
            yield return finished;
        }
        foreach ((string name, long count) in doubtful)
        {
            doubted?.Invoke(name, count);
        }
    }
}
