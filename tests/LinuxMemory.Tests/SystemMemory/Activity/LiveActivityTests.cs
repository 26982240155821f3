using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>
/// Measure-MemoryActivity beside sar and vmstat on this computer while it works: from the texts that a tool read, ours gives the
/// digits that it printed, and what either counts lies between readings before and after it.
/// </summary>
[Trait("Category", "Live")]
public sealed class LiveActivityTests : IDisposable
{
    private const string VmStat = "/proc/vmstat";
    private const string MemInfo = "/proc/meminfo";
    private const string Uptime = "/proc/uptime";

    private static readonly string[] Rising =
        ["pgpgin", "pgpgout", "pswpin", "pswpout", "pgfault", "pgmajfault", "pgfree", "pgscan_kswapd", "pgscan_direct", "pgsteal_anon", "pgsteal_file"];

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-activity-").FullName;
    private Process? _load;

    public void Dispose()
    {
        _load?.Kill(entireProcessTree: true);
        _load?.WaitForExit();
        _load?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Sar_prints_what_we_measure_from_what_it_read()
    {
        TracedTool sar = Beside(() => TracedTool.Run([VmStat, MemInfo, Uptime], "sar", "-B", "-S", "-W", "-r", "1", "5"));
        Sample[] samples = [.. Samples(sar)];
        Dictionary<string, double>[] rows = [.. Rows(sar.Output)];

        Assert.Equal((6, 5), (samples.Length, rows.Length));
        for (int i = 0; i < rows.Length; i++)
        {
            Compare(rows[i], samples[i], samples[i + 1]);
        }
    }

    [Fact]
    public void Vmstat_prints_what_we_measure_from_what_it_read()
    {
        TracedTool vmstat = Beside(() => TracedTool.Run([VmStat, MemInfo], "vmstat", "-n", "1", "5"));
        string[][] rows = [.. vmstat.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 15 && char.IsAsciiDigit(fields[0][0]))];
        string[] readings = [.. vmstat.Read.Where(read => read.File == VmStat).Select(read => read.Text)];
        Assert.Equal(5, rows.Length);
        Assert.True(readings.Length >= 5, $"vmstat read its counters {readings.Length} times");

        // The first line is about the time since boot. How often memory is read is vmstat's own affair: some versions do it once.
        for (int i = 1; i < rows.Length; i++)
        {
            MemoryActivity ours = Reading(readings[^(rows.Length - i)], Last(vmstat, MemInfo), 1).Since(Reading(readings[^(rows.Length - i + 1)], Last(vmstat, MemInfo), 0));
            Assert.Equal([Kibibytes(ours.SwappedIn), Kibibytes(ours.SwappedOut), Kibibytes(ours.PagedIn), Kibibytes(ours.PagedOut)], rows[i].Skip(6).Take(4));
        }
        MemoryActivity[] levels = [.. vmstat.Read.Where(read => read.File == MemInfo).Select(read => Reading(readings[0], read.Text, 1).Since(Reading(readings[0], read.Text, 0)))];
        Assert.All(rows, row => Assert.Contains(levels, ours => row[2] == Kibibytes(ours.SwapUsed) && row[3] == Kibibytes(ours.MemFree)
            && long.Parse(row[4], CultureInfo.InvariantCulture) + long.Parse(row[5], CultureInfo.InvariantCulture) == ours.BuffCache >> 10));
    }

    // Ours begins before the tool and ends after it; both lie between two readings of the counters.
    private TracedTool Beside(Func<TracedTool> run)
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Live.Run("sh", "-c", "command -v sar && command -v vmstat && command -v strace").Code == 0, "needs sysstat, procps and strace");
        StartLoad();
        Dictionary<string, long> before = Now();
        using MeasureMemoryActivityCommand command = new() { SampleInterval = 0.001 };
        using RecordingShell shell = new();
        command.Shell = shell;
        command.RunBegin();
        Dictionary<string, long> inner = Now();
        TracedTool tool = run();
        Dictionary<string, long> innerEnd = Now();
        command.RunEnd();
        Dictionary<string, long> after = Now();

        MemoryActivity ours = Assert.IsType<MemoryActivity>(Assert.Single(shell.Output));
        Assert.Empty(shell.Errors);
        Assert.True(innerEnd["pgfault"] > inner["pgfault"], "nothing happened");
        foreach ((string name, double? rate) in (IEnumerable<(string, double?)>)[("pgpgin", ours.PagedIn / 1024), ("pgpgout", ours.PagedOut / 1024),
            ("pswpin", ours.SwappedIn / Environment.SystemPageSize), ("pswpout", ours.SwappedOut / Environment.SystemPageSize), ("pgfault", ours.Faults),
            ("pgmajfault", ours.MajorFaults), ("pgfree", ours.FreedPages), ("pgscan_kswapd", ours.ScannedByKswapd), ("pgscan_direct", ours.ScannedDirect)])
        {
            Assert.InRange(Math.Round(rate!.Value * ours.Interval.TotalSeconds), innerEnd[name] - inner[name], after[name] - before[name]);
        }
        Dictionary<string, long>[] read = [.. tool.Read.Where(read => read.File == VmStat).Select(read => TracedTool.Counters(read.Text).ToDictionary())];
        foreach (string name in Rising.Where(name => before.ContainsKey(name) && read[0].ContainsKey(name)))
        {
            Assert.InRange(read[0][name], inner[name], read[^1][name]);
            Assert.InRange(read[^1][name], read[0][name], innerEnd[name]);
        }
        return tool;
    }

    private static Dictionary<string, long> Now() => VmStatFile.Read(Machine.Live).ToDictionary();

    // Processes come and go, and a file is written and read again past the cache.
    private void StartLoad() => _load = Process.Start(new ProcessStartInfo("sh",
        ["-c", $"cd {_folder}; while dd if=/dev/zero of=file bs=64k count=64 conv=fsync; do dd if=file of=/dev/null bs=64k iflag=direct; sleep 0.05; done"])
        { RedirectStandardError = true });

    private static void Compare(Dictionary<string, double> row, Sample before, Sample after)
    {
        // sar reads the counters once for each of its tables.
        MemoryActivity[] ours = [.. before.Counters.Zip(after.Counters, (first, second) => Reading(second, after.Memory, after.Clock).Since(Reading(first, after.Memory, before.Clock)))];
        MemInfo memory = TracedTool.Memory(after.Memory);
        void Same(string column, Func<MemoryActivity, double?> value) => Assert.True(
            !row.TryGetValue(column, out double printed) || ours.Any(activity => IsSame(printed, value(activity))),
            $"sar says {column} {row.GetValueOrDefault(column)}, ours {string.Join(" or ", ours.Select(value))}");

        Same("pgpgin/s", activity => activity.PagedIn / 1024);
        Same("pgpgout/s", activity => activity.PagedOut / 1024);
        Same("pswpin/s", activity => activity.SwappedIn / Environment.SystemPageSize);
        Same("pswpout/s", activity => activity.SwappedOut / Environment.SystemPageSize);
        Same("fault/s", activity => activity.Faults);
        Same("majflt/s", activity => activity.MajorFaults);
        Same("pgfree/s", activity => activity.FreedPages);
        Same("pgscank/s", activity => activity.ScannedByKswapd);
        Same("pgscand/s", activity => activity.ScannedDirect);
        if (before.Counters.Zip(after.Counters).All(pair => StolenTwice(pair.First) == StolenTwice(pair.Second)))
        {
            Same("pgsteal/s", activity => activity.Stolen);
            Same("%vmeff", activity => activity.ReclaimEfficiencyPercent ?? 0);
        }
        Same("%commit", activity => activity.CommitPercent);
        Same("kbmemfree", activity => activity.MemFree >> 10);
        Same("kbavail", activity => activity.MemAvailable >> 10);
        Same("kbdirty", activity => activity.Dirty >> 10);
        Same("kbswpused", activity => activity.SwapUsed >> 10);
        Same("kbswpfree", _ => memory.SwapFree >> 10);
        Same("kbswpcad", _ => memory.SwapCached >> 10);
        Same("%swpused", _ => memory.SwapUsedPercent ?? 0);
        Same("kbbuffers", _ => memory.Buffers >> 10);
        Same("kbcached", _ => memory.Cached >> 10);
        Same("kbcommit", _ => memory.CommittedAS >> 10);
        Same("kbactive", _ => memory.Active >> 10);
        Same("kbinact", _ => memory.Inactive >> 10);
        Assert.True(row.Count > 15, $"sar printed only {string.Join(", ", row.Keys)}");
    }

    // Two digits, whichever way a half is rounded.
    private static bool IsSame(double printed, double? ours) => ours is double value && Math.Abs(printed - value) <= 0.005 + (1e-9 * Math.Abs(value));

    // sysstat up to 12.6 adds up every pgsteal_ counter and so counts each page twice.
    private static long StolenTwice(string counters) =>
        TracedTool.Counters(counters).Where(counter => counter.Name.StartsWith("pgsteal_", StringComparison.Ordinal)).Sum(counter => counter.Value);

    private static IEnumerable<Sample> Samples(TracedTool sar)
    {
        List<string> counters = [];
        TimeSpan? clock = null;
        foreach ((string file, string text) in sar.Read.SkipWhile(read => read.File != Uptime).Append((Uptime, "0 0")))
        {
            if (file == VmStat)
            {
                counters.Add(text);
            }
            else if (file == MemInfo)
            {
                yield return new Sample(clock!.Value, [.. counters], text);
                counters.Clear();
            }
            else
            {
                clock = TracedTool.Uptime(text);
            }
        }
    }

    // Several tables with a header and a row each make a sample; the first column is the time.
    private static IEnumerable<Dictionary<string, double>> Rows(string output)
    {
        Dictionary<string, double> values = [];
        string[] names = [];
        foreach (string[] fields in output.Split('\n').TakeWhile(line => !line.StartsWith("Average:", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 2))
        {
            if (!double.TryParse(fields[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                names = fields;
                continue;
            }
            if (names.Length > 0 && values.ContainsKey(names[^1]))
            {
                yield return values;
                values = [];
            }
            for (int i = 1; i < names.Length; i++)
            {
                values[names[^i]] = double.Parse(fields[^i], CultureInfo.InvariantCulture);
            }
        }
        yield return values;
    }

    private static string Last(TracedTool tool, string file) => tool.Read.Last(read => read.File == file).Text;

    private static ActivityReading Reading(string counters, string memory, double seconds) => Reading(counters, memory, TimeSpan.FromSeconds(seconds));

    private static ActivityReading Reading(string counters, string memory, TimeSpan clock) =>
        new(TracedTool.Counters(counters), TracedTool.Memory(memory), null, Environment.SystemPageSize, clock);

    private static string Kibibytes(double? bytes) => Math.Round(bytes!.Value / 1024).ToString(CultureInfo.InvariantCulture);

    private sealed record Sample(TimeSpan Clock, IReadOnlyList<string> Counters, string Memory);
}
