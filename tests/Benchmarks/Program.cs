using System.Reflection;

namespace LinuxMemory.Benchmarks;

/// <summary>
/// Prints how fast the module is beside the tools that people use now, as ratios taken in one run. Without arguments all of it;
/// else the parts that are named: cgroups cores import kernel maps meminfo oomlog pages processes settings swap.
/// </summary>
internal static class Program
{
    private static readonly Dictionary<string, Action<Table>> Parts = new()
    {
        ["cgroups"] = CgroupBenchmark.Run,
        ["cores"] = CoreBenchmark.Run,
        ["import"] = ImportBenchmark.Run,
        ["meminfo"] = MemInfoBenchmark.Run,
        ["kernel"] = KernelBenchmark.Run,
        ["maps"] = MapBenchmark.Run,
        ["oomlog"] = OomLogBenchmark.Run,
        ["pages"] = PagesBenchmark.Run,
        ["processes"] = ProcessBenchmark.Run,
        ["settings"] = SettingsBenchmark.Run,
        ["swap"] = SwapBenchmark.Run,
    };

    /// <summary>The module's manifest in the checkout that this was built from.</summary>
    public static string Manifest { get; } = Path.Join(typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!, "LinuxMemory.psd1");

    private static int Main(string[] arguments)
    {
        if (arguments is [ManyMappings.Argument, string count])
        {
            ManyMappings.Hold(int.Parse(count));
            return 0;
        }
        if (arguments.FirstOrDefault(name => !Parts.ContainsKey(name)) is string unknown)
        {
            Console.Error.WriteLine($"There is no part '{unknown}'. Parts: {string.Join(' ', Parts.Keys)}");
            return 2;
        }
        Table table = new();
        foreach (string name in arguments.Length > 0 ? arguments : [.. Parts.Keys])
        {
            Parts[name](table);
        }
        return table.AllMet ? 0 : 1;
    }
}
