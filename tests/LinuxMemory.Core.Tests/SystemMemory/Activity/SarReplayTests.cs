using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>
/// sar and vmstat themselves over pairs of vmstat files: in a mount namespace of their own they see captured files in the place
/// of the kernel's, and between their two samples the second takes the place of the first.
/// </summary>
[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class SarReplayTests : IDisposable
{
    private const string Uptime = "1000.00 1500.00\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("6.12.117+deb12-amd64-swap")]
    [InlineData("6.1.0-56-amd64-swap")]
    [InlineData("6.1.0-56-cloud-amd64-uma")]
    [InlineData("6.1.0-50-686-uma")]
    public void Rates_and_levels_are_sars_to_the_digit(string fixture)
    {
        Require("sar");
        string before = File.ReadAllText(Path.Join(Fixture.PathOf(fixture), "proc/vmstat"));
        string memory = File.ReadAllText(Path.Join(Fixture.PathOf(fixture), "proc/meminfo"));
        string after = Later(before);

        Dictionary<string, double> sar = Sar(before, after, memory);
        MemoryActivity ours = Reading(after, memory, 2.5).Since(Reading(before, memory, 0));

        Assert.Equal(sar["pgpgin/s"], Rounded(ours.PagedIn / 1024));
        Assert.Equal(sar["pgpgout/s"], Rounded(ours.PagedOut / 1024));
        Assert.Equal(sar["pswpin/s"], Rounded(ours.SwappedIn / 4096));
        Assert.Equal(sar["pswpout/s"], Rounded(ours.SwappedOut / 4096));
        Assert.Equal(sar["fault/s"], Rounded(ours.Faults));
        Assert.Equal(sar["majflt/s"], Rounded(ours.MajorFaults));
        Assert.Equal(sar["pgfree/s"], Rounded(ours.FreedPages));
        Assert.Equal(sar["pgscank/s"], Rounded(ours.ScannedByKswapd));
        Assert.Equal(sar["pgscand/s"], Rounded(ours.ScannedDirect));
        // sysstat up to 12.6 adds up every pgsteal_ counter and so counts each page twice.
        double all = Deltas(before, after).Where(delta => delta.Name.StartsWith("pgsteal_", StringComparison.Ordinal)).Sum(delta => delta.Value) / 2.5;
        Assert.True(sar["pgsteal/s"] == Rounded(ours.Stolen) || sar["pgsteal/s"] == Rounded(all), $"{sar["pgsteal/s"]} is neither {ours.Stolen} nor {all}");
        Assert.Equal(sar["kbmemfree"], (double)(ours.MemFree >> 10));
        Assert.Equal(sar["kbavail"], (double)(ours.MemAvailable!.Value >> 10));
        Assert.Equal(sar["kbdirty"], (double)(ours.Dirty!.Value >> 10));
        Assert.Equal(sar["kbswpused"], (double)(ours.SwapUsed!.Value >> 10));
        Assert.Equal(sar["%commit"], Rounded(ours.CommitPercent));
    }

    [Fact]
    public void Swapping_and_paging_are_vmstats_to_the_digit()
    {
        Require("vmstat");
        string before = File.ReadAllText(Path.Join(Fixture.PathOf("6.12.117+deb12-amd64-swap"), "proc/vmstat"));
        string memory = File.ReadAllText(Path.Join(Fixture.PathOf("6.12.117+deb12-amd64-swap"), "proc/meminfo"));
        string after = Later(before);

        string[] row = Replay(before, after, memory, "vmstat -n 1 2").Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        MemoryActivity ours = Reading(after, memory, 1).Since(Reading(before, memory, 0));

        IEnumerable<string> expected = [Whole(ours.SwappedIn), Whole(ours.SwappedOut), Whole(ours.PagedIn), Whole(ours.PagedOut)];
        Assert.Equal(expected, row.Skip(6).Take(4));
        Assert.Equal(row[3], Whole(ours.MemFree));
    }

    private static void Require(string tool)
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Live.Run("sh", "-c", $"command -v {tool} && unshare -m true").Code == 0, $"needs {tool} and unshare");
    }

    private Dictionary<string, double> Sar(string before, string after, string memory) =>
        Columns(Replay(before, after, memory, "LC_ALL=C S_TIME_FORMAT=ISO sar -B -S -W -r 1 1").Split('\n').TakeWhile(line => !line.StartsWith("Average:", StringComparison.Ordinal)));

    // "06:22:41  pgpgin/s pgpgout/s ..." and the numbers below, for each table.
    private static Dictionary<string, double> Columns(IEnumerable<string> lines)
    {
        Dictionary<string, double> values = [];
        string[] names = [];
        foreach (string[] fields in lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 2))
        {
            if (double.TryParse(fields[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out _) && names.Length > 0)
            {
                for (int i = 1; i <= names.Length - 1; i++)
                {
                    values[names[^i]] = double.Parse(fields[^i], CultureInfo.InvariantCulture);
                }
            }
            else
            {
                names = fields;
            }
        }
        return values;
    }

    private string Replay(string before, string after, string memory, string tool)
    {
        foreach ((string name, string text) in (IEnumerable<(string, string)>)[("vmstat", before), ("later", after), ("meminfo", memory), ("uptime", Uptime)])
        {
            File.WriteAllText(Path.Join(_folder, name), text);
        }
        string script = $"cd {_folder}; for f in vmstat meminfo uptime; do mount --bind $f /proc/$f; done; "
            + $"(sleep 0.4; cat later > vmstat; echo '1002.50 1503.00' > uptime) & {tool}; wait";
        (int code, string output) = Live.Run("unshare", "-m", "--propagation", "private", "sh", "-c", script);
        Assert.True(code == 0, output);
        return output;
    }

    // Every counter grows by another amount; those that sysstat confuses with others stay.
    private static string Later(string vmstat) => string.Join('\n', vmstat.Split('\n').Select((line, index) =>
        line.Split(' ') is [string name, string value] && name is not ("pgscan_direct_throttle" or "pgscan_khugepaged" or "pgscan_proactive")
            ? string.Create(CultureInfo.InvariantCulture, $"{name} {long.Parse(value, CultureInfo.InvariantCulture) + (index * 37L)}")
            : line));

    private static IEnumerable<(string Name, long Value)> Deltas(string before, string after) =>
        Counters(after).Zip(Counters(before), (end, start) => (end.Name, end.Value - start.Value));

    private static ActivityReading Reading(string vmstat, string meminfo, double seconds) => new(
        Counters(vmstat), MemInfoFile.Parse(KernelReader.Over("/proc/meminfo", System.Text.Encoding.UTF8.GetBytes(meminfo)), default), null, 4096, TimeSpan.FromSeconds(seconds));

    private static IReadOnlyList<(string Name, long Value)> Counters(string vmstat) =>
        VmStatFile.Parse(KernelReader.Over("/proc/vmstat", System.Text.Encoding.UTF8.GetBytes(vmstat)));

    private static double Rounded(double? value) => double.Parse(value!.Value.ToString("F2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Whole(double? bytes) => Math.Round(bytes!.Value / 1024).ToString(CultureInfo.InvariantCulture);
}
