using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>
/// What reading cmdlets say about captured machines, through the Console: tests/Golden/FIXTURE/CMDLET.json, and their views
/// under tests/Golden/Views. A new cmdlet needs one line in <see cref="Cases"/>, a new view one in <see cref="Views"/>.
/// LINUXMEMORY_UPDATE_GOLDEN=1 writes the files anew.
/// </summary>
public partial class GoldenTests
{
    private const string Machine = "6.12.117+deb12-amd64-numa2";

    /// <summary>File name, command line without -Root; the fixtures it is run over when not all: a part of their names.</summary>
    private static readonly (string File, string[] Command, string Fixtures)[] Cases =
    [
        ("Get-CgroupMemory", ["Get-CgroupMemory", "-Recurse"], "cgroup"),
        ("Get-CpuCache", ["Get-CpuCache"], "uma"),
        ("Get-HugePageMount", ["Get-HugePageMount"], "amd64"),
        ("Get-HugePagePool", ["Get-HugePagePool"], ""),
        ("Get-IommuGroup", ["Get-IommuGroup"], "iommu"),
        ("Get-Ksm", ["Get-Ksm"], ""),
        ("Get-MemInfo", ["Get-MemInfo"], ""),
        ("Get-MemoryBlock", ["Get-MemoryBlock"], "offline"),
        ("Get-MemoryFragmentation", ["Get-MemoryFragmentation", "-Order", "9,10"], ""),
        ("Get-MemoryFragmentation-Matrix", ["Get-MemoryFragmentation", "-Matrix"], ""),
        ("Get-MemoryPressure", ["Get-MemoryPressure"], ""),
        ("Get-MemoryZone", ["Get-MemoryZone"], "numa"),
        ("Get-OomCandidate", ["Get-OomCandidate", "-IncludeKernelThread"], "cgroup"),
        ("Get-NumaNode", ["Get-NumaNode"], ""),
        ("Get-NumaStatistic", ["Get-NumaStatistic"], ""),
        ("Get-OomEvent", ["Get-OomEvent"], "-oom"),
        ("Get-ProcessMemory", ["Get-ProcessMemory", "-IncludeKernelThread"], ""),
        ("Get-ProcessMemoryLayout", ["Get-ProcessMemoryLayout", "-Name", "memtool"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-ProcessMemoryMap", ["Get-ProcessMemoryMap", "-Name", "memtool"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-ProcessMemoryLimit", ["Get-ProcessMemoryLimit", "-Id", "1"], "uma"),
        ("Get-ProcessNumaMap", ["Get-ProcessNumaMap", "-Name", "memtool"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-ProcessNumaMap-Summary", ["Get-ProcessNumaMap", "-Summary"], "numa"),
        ("Get-SlabCache", ["Get-SlabCache", "-Name", "kmalloc-*"], "uma"),
        ("Get-SwapAdvice", ["Get-SwapAdvice"], "uma"),
        ("Get-SwapAdvice-Hibernate", ["Get-SwapAdvice", "-Hibernate"], "swap"),
        ("Get-SwapArea", ["Get-SwapArea"], "swap"),
        ("Get-VmCounter", ["Get-VmCounter", "-Name", "pg*"], "uma"),
        ("Get-ZramDevice", ["Get-ZramDevice"], "swap"),
        ("Get-Zswap", ["Get-Zswap"], "swap"),
    ];

    /// <summary>File name, command line without -Root, fixture.</summary>
    private static readonly (string File, string[] Command, string Fixture)[] Views =
    [
        ("Get-CgroupMemory", ["Get-CgroupMemory", "-Recurse"], "6.12.117+deb12-amd64-cgroup2-oom"),
        ("Get-CpuCache", ["Get-CpuCache"], Machine),
        ("Get-HugePageMount", ["Get-HugePageMount"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-HugePagePool", ["Get-HugePagePool"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-IommuGroup", ["Get-IommuGroup"], "6.12.117+deb12-amd64-iommu"),
        ("Get-Ksm", ["Get-Ksm"], "6.12.117+deb12-amd64-ksm-damon"),
        ("Get-MemInfo", ["Get-MemInfo"], Machine),
        ("Get-MemInfo-Table", ["Get-MemInfo", "-As", "Table"], Machine),
        ("Get-MemInfo-List", ["Get-MemInfo", "-As", "List"], Machine),
        ("Get-MemoryBlock", ["Get-MemoryBlock"], "6.12.117+deb12-amd64-offline"),
        ("Get-MemoryFragmentation", ["Get-MemoryFragmentation"], Machine),
        ("Get-MemoryFragmentation-Matrix", ["Get-MemoryFragmentation", "-Matrix"], "6.1.0-56-amd64-numa4-dist"),
        ("Get-MemoryPressure", ["Get-MemoryPressure"], Machine),
        ("Get-MemoryZone", ["Get-MemoryZone"], Machine),
        ("Get-OomCandidate", ["Get-OomCandidate", "-IncludeKernelThread"], "6.12.117+deb12-amd64-cgroup2-oom"),
        ("Get-NumaNode", ["Get-NumaNode"], "6.1.0-56-amd64-numa4-dist"),
        ("Get-NumaStatistic", ["Get-NumaStatistic"], Machine),
        ("Get-OomEvent", ["Get-OomEvent"], "6.12.117+deb12-amd64-cgroup2-oom"),
        ("Get-OomEvent-Table", ["Get-OomEvent", "-As", "Table"], "6.12.117+deb12-amd64-cgroup2-oom"),
        ("Get-ProcessMemory", ["Get-ProcessMemory", "-IncludeKernelThread"], Machine),
        ("Get-ProcessMemoryLayout", ["Get-ProcessMemoryLayout", "-Name", "memtool,init"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-ProcessMemoryMap", ["Get-ProcessMemoryMap", "-Name", "memtool,init"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-ProcessMemoryLimit", ["Get-ProcessMemoryLimit", "-Id", "1"], Machine),
        ("Get-ProcessNumaMap", ["Get-ProcessNumaMap", "-Name", "memtool"], "6.12.117+deb12-amd64-hugepages"),
        ("Get-ProcessNumaMap-Summary", ["Get-ProcessNumaMap", "-Summary"], Machine),
        ("Get-SlabCache", ["Get-SlabCache", "-Name", "kmalloc-*"], Machine),
        ("Get-SwapAdvice", ["Get-SwapAdvice"], "6.12.117+deb12-amd64-swap"),
        ("Get-SwapArea", ["Get-SwapArea"], "6.12.117+deb12-amd64-swap"),
        ("Get-VmCounter", ["Get-VmCounter", "-Name", "pg*"], Machine),
        ("Get-ZramDevice", ["Get-ZramDevice"], "6.12.117+deb12-amd64-swap"),
        ("Get-Zswap", ["Get-Zswap"], "6.12.117+deb12-amd64-swap"),
    ];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, string> Objects => [.. Cases.SelectMany(test =>
        Fixture.Names.Where(name => name.Contains(test.Fixtures, StringComparison.Ordinal)).Select(name => (name, test.File)))];

    public static TheoryData<string, int> Widths => [.. Views.SelectMany(view => new[] { (view.File, 80), (view.File, 120) })];

    // Views show local time.
    [ModuleInitializer]
    internal static void UseUniversalTime()
    {
        Environment.SetEnvironmentVariable("TZ", "UTC");
        TimeZoneInfo.ClearCachedData();
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Says_the_same_about_a_captured_machine_as_before(string fixture, string file)
    {
        string[] command = Cases.First(test => test.File == file).Command;

        ConsoleRun run = ConsoleRun.Of([.. command, "-Root", Fixture.PathOf(fixture), "-As", "Json"]);

        IEnumerable<string> objects = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement, Readable));
        IEnumerable<string> errors = ErrorId().Matches(run.Errors).Select(match => $"error {match.Groups[1].Value}");
        Golden.Check(Normal(string.Concat(objects.Concat(errors).Select(text => text + "\n")), fixture), fixture, file + ".json");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Looks_the_same_as_before(string file, int width)
    {
        (_, string[] command, string fixture) = Views.First(view => view.File == file);

        ConsoleRun run = ConsoleRun.Of(host => host with { Width = width }, [.. command, "-Root", Fixture.PathOf(fixture)]);

        Assert.Empty(run.Errors);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width, $"wider than {width}: {line}"));
        Golden.Check(Normal(run.Output, fixture), "Views", $"{file}.{width}.txt");
    }

    [Fact]
    public void Every_golden_file_is_compared()
    {
        IEnumerable<string> used = Objects.Select(row => row.Data).Select(data => Golden.PathOf(data.Item1, data.Item2 + ".json"))
            .Concat(Widths.Select(row => row.Data).Select(data => Golden.PathOf("Views", $"{data.Item1}.{data.Item2}.txt")))
            .Append(Golden.PathOf("PublicSurface.txt"));

        Assert.Empty(Directory.GetFiles(Golden.PathOf(), "*", SearchOption.AllDirectories).Except(used));
    }

    private static string Normal(string text, string fixture) => text.Replace(Fixture.PathOf(fixture), "<root>", StringComparison.Ordinal);

    [GeneratedRegex(@"\[(\w+)\]$", RegexOptions.Multiline)]
    private static partial Regex ErrorId();
}
