using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Which logs a machine has.</summary>
internal static class OomSources
{
    /// <summary>What events of the journal say where they come from.</summary>
    public const string Journal = "journal";

    private const string Logs = "var/log";

    // What captures and sosreports are called; of the first three, one tells all.
    private static readonly string[] Captured = ["kmsg.txt", "dmesg-raw.txt", "dmesg.txt"];
    private static readonly string[] SosReport = ["sos_commands/kernel/dmesg", "sos_commands/kernel/dmesg_-T", "sos_commands/logs/journalctl_--no-pager", "sos_commands/logs/journalctl_--no-pager_--boot"];
    private static readonly string[] Syslog = ["kern.log", "messages", "syslog", "dmesg"];

    public static IEnumerable<OomEvent> OfThisComputer(Machine machine, DateTimeOffset? after, Action<string, Exception> failed)
    {
        (List<OomEvent> ring, bool startsLate, KernelException? denied) = ReadRing(machine);
        OomEventSet seen = new();
        bool looksBack = after < machine.Calls.StartTime;
        using Stream? journal = machine.Calls.OpenJournal(looksBack ? after : null);
        if (journal is null && denied is not null && !looksBack)
        {
            throw denied;
        }
        if (denied is not null)
        {
            failed(denied.Target, denied);
        }
        IEnumerable<OomEvent> older = journal is not null ? OomLogFile.Read([(journal, new LogClock(DateTimeOffset.Now), Journal)], machine.Calls.PageSize)
            : looksBack || startsLate ? OfSets(machine, SyslogSets(machine), failed)
            : [];
        foreach (OomEvent found in older.Where(seen.Add))
        {
            OomEvent? same = ring.Find(known => OomEventSet.IsSame(known, found));
            // The ring buffer's are the newest and come last, unless it has lost a part of the report.
            if (same is null || (found.IsComplete && !same.IsComplete))
            {
                yield return found;
                ring.Remove(same!);
            }
        }
        foreach (OomEvent found in ring)
        {
            yield return found;
        }
    }

    public static IEnumerable<OomEvent> OfTree(Machine machine, Action<string, Exception> failed)
    {
        List<IReadOnlyList<string>> sets = [];
        string? captured = Captured.FirstOrDefault(machine.Exists);
        if (captured is not null)
        {
            sets.Add([captured]);
        }
        sets.AddRange(SosReport.Where(machine.Exists).Select(path => (IReadOnlyList<string>)[path]));
        sets.AddRange(SyslogSets(machine));
        if (sets.Count == 0)
        {
            throw new KernelException(Errno.ENOENT, "open", $"{machine.Locate(Captured[0])}, or a log in {machine.Locate(Logs)}");
        }
        OomEventSet seen = new();
        return OfSets(machine, sets, failed).Where(seen.Add);
    }

    public static IEnumerable<OomEvent> OfFiles(Machine machine, IEnumerable<string> paths, Action<string, Exception> failed, Action<string, long>? doubted)
    {
        int pageSize = PageSize.Of(machine);
        OomEventSet seen = new();
        foreach (IReadOnlyList<string> set in LogSets.Of(paths))
        {
            foreach (OomEvent found in Guard(set, path => Open(() => LogFile.Open(path), log => log.IsRing && machine.IsLive ? machine.Calls.StartTime : null, path, ZoneOf(machine)), pageSize, failed, doubted).Where(seen.Add))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<OomEvent> OfSets(Machine machine, IEnumerable<IReadOnlyList<string>> sets, Action<string, Exception> failed)
    {
        int pageSize = PageSize.Of(machine);
        DateTimeOffset? boot = machine.IsLive ? machine.Calls.StartTime : BootTime.Read(machine);
        TimeZoneInfo zone = ZoneOf(machine);
        foreach (IReadOnlyList<string> set in sets)
        {
            foreach (OomEvent found in Guard(set, path => Open(() => machine.OpenLog(path), _ => Captured.Contains(path) || path == SosReport[0] ? boot : null, machine.Locate(path), zone), pageSize, failed))
            {
                yield return found;
            }
        }
    }

    private static (List<OomEvent> Events, bool StartsLate, KernelException? Denied) ReadRing(Machine machine)
    {
        try
        {
            using Stream log = machine.Calls.OpenKernelLog();
            List<OomEvent> events = [.. OomLogFile.Read([(log, new LogClock(DateTimeOffset.Now, machine.Calls.StartTime), machine.Locate("dev/kmsg"))], machine.Calls.PageSize)];
            return (events, log is KernelLogStream { StartsLate: true }, null);
        }
        catch (KernelException e)
        {
            return ([], true, e);
        }
    }

    private static (Stream Text, LogClock Clock, string Name) Open(Func<LogFile> open, Func<LogFile, DateTimeOffset?> boot, string name, TimeZoneInfo zone)
    {
        LogFile log = open();
        try
        {
            return (log.Text, OomEvents.ClockOf(log, boot(log), zone), name);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    // A part that cannot be read, or is damaged in its middle, does not hide the others.
    private static IEnumerable<OomEvent> Guard(
        IReadOnlyList<string> set, Func<string, (Stream Text, LogClock Clock, string Name)> open, int pageSize, Action<string, Exception> failed,
        Action<string, long>? doubted = null)
    {
        Queue<string> left = new(set);
        string current = "";
        IEnumerable<(Stream, LogClock, string)> Parts()
        {
            while (left.TryDequeue(out string? path))
            {
                current = path;
                (Stream Text, LogClock Clock, string Name) part;
                try
                {
                    part = open(path);
                }
                catch (Exception e) when (e is KernelException or KernelFormatException)
                {
                    failed(path, e);
                    continue;
                }
                using (part.Text)
                {
                    yield return part;
                }
            }
        }
        while (left.Count > 0)
        {
            using IEnumerator<OomEvent> events = OomLogFile.Read(Parts(), pageSize, doubted).GetEnumerator();
            while (true)
            {
                try
                {
                    if (!events.MoveNext())
                    {
                        break;
                    }
                }
                catch (Exception e) when (e is KernelException or KernelFormatException)
                {
                    failed(current, e);
                    break;
                }
                yield return events.Current;
            }
        }
    }

    private static IEnumerable<IReadOnlyList<string>> SyslogSets(Machine machine)
    {
        try
        {
            return LogSets.Of(machine.List(Logs).Where(name => Syslog.Any(log => name == log || name.StartsWith(log + ".", StringComparison.Ordinal) || name.StartsWith(log + "-", StringComparison.Ordinal)))
                .Select(name => $"{Logs}/{name}"));
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return [];
        }
    }

    // Syslog writes the machine's local time.
    private static TimeZoneInfo ZoneOf(Machine machine)
    {
        if (machine.IsLive)
        {
            return TimeZoneInfo.Local;
        }
        try
        {
            string? zone = machine.TryReadText("etc/timezone");
            return zone is null ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(zone.Trim());
        }
        catch (Exception e) when (e is KernelException or TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            return TimeZoneInfo.Local;
        }
    }
}
