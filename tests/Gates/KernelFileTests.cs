using System.Text.RegularExpressions;
using LinuxMemory.CommandLine;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Gates;

/// <summary>docs/kernel-files.md names every kernel file that a reading cmdlet opens.</summary>
public partial class KernelFileTests
{
    private static readonly string[] Fixtures =
        ["6.12.117+deb12-amd64-hugepages", "6.12.117+deb12-amd64-cgroup2-oom", "6.12.117+deb12-amd64-iommu", "6.12.117+deb12-amd64-memonly", "6.1.0-56-amd64-cgroup1-nopsi"];

    // Arguments without which a cmdlet has nothing to read.
    private static readonly Dictionary<string, string[]> Arguments = new()
    {
        ["Get-MemoryPressure"] = ["-Cgroup", "/"],
        ["Measure-MemoryActivity"] = ["-SinceBoot"],
    };

    public static TheoryData<string> Names => [.. CommandTable.All
        .Where(command => !command.CanAsk && command.Name.Split('-')[0] is "Get" or "Measure" && Values(command) is not null).Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kernel_file_that_a_cmdlet_reads_is_in_the_table(string name)
    {
        Regex[] table = [.. Rows()];

        IEnumerable<string> missing = Fixtures.SelectMany(fixture => Read(name, fixture)).Distinct()
            .Where(path => path.StartsWith("proc/", StringComparison.Ordinal) || path.StartsWith("sys/", StringComparison.Ordinal))
            .Where(path => !table.Any(row => row.IsMatch("/" + path)))
            .Select(General).Distinct().Order(StringComparer.Ordinal);

        Assert.True(!missing.Any(), $"docs/kernel-files.md lacks for {name}:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_cmdlet_in_the_table_exists_and_no_file_stands_twice()
    {
        IEnumerable<string> names = CommandTable.All.Select(command => command.Name);
        string[] files = [.. Lines().Select(line => line[0])];

        Assert.Empty(Lines().SelectMany(line => Words(line[3])).Except(names));
        Assert.Equal(files.Distinct(), files);
        Assert.All(Lines(), line => Assert.All(line, Assert.NotEmpty));
    }

    private static HashSet<string> Read(string name, string fixture)
    {
        Command command = CommandTable.Find(name);
        RecordingFiles files = new(Fixture.PathOf(fixture));
        using MemoryCmdlet cmdlet = command.Create();
        foreach ((CommandParameter parameter, object? value) in Values(command) ?? [])
        {
            parameter.Set(cmdlet, value);
        }
        cmdlet.WorkOn(Machine.Over(files));
        CmdletRun.Run(cmdlet).Dispose();
        return files.Opened;
    }

    // Null for a cmdlet that must be told what to read.
    private static IEnumerable<KeyValuePair<CommandParameter, object?>>? Values(Command command)
    {
        try
        {
            return ParameterSet.Choose(command, CommandLine.CommandLine.Read(command, Arguments.GetValueOrDefault(command.Name) ?? [])).Values;
        }
        catch (UsageException)
        {
            return null;
        }
    }

    // "| `/proc/PID/smaps` | 2.6.14 | owner or root | Get-ProcessMemory |"; N, PID and NAME stand for any one name, * for any letters.
    private static IEnumerable<string[]> Lines() => File.ReadLines(Checkout.Path("docs", "kernel-files.md"))
        .Where(line => line.StartsWith("| `/", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());

    private static IEnumerable<Regex> Rows() => Lines().Select(line => new Regex("^" + Regex.Escape(line[0]).Replace("PID", "[^/]+", StringComparison.Ordinal).Replace("NAME", "[^/]+", StringComparison.Ordinal)
            .Replace("N", "[0-9]+", StringComparison.Ordinal).Replace("GROUP", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$"));

    private static HashSet<string> Words(string cell) => [.. cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static string General(string path) => "/" + Number().Replace(path, "N");

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
