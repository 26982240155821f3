using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The counters of /proc/vmstat with their meanings, which stand in vm-counters.tsv: name, kind, unit, sentence.</summary>
public static class VmCounters
{
    private static readonly Lazy<IReadOnlyDictionary<string, string[]>> Meanings = new(Load);

    /// <summary>All counters of a machine in the kernel's order, those that are not in the table, too.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<VmCounter> Read(Machine machine) => VmStatFile.Read(machine).Select(Explain);

    private static VmCounter Explain((string Name, long Value) counter) =>
        Meanings.Value.TryGetValue(counter.Name, out string[]? meaning)
            ? new VmCounter { Name = counter.Name, Value = counter.Value, Kind = Enum.Parse<VmCounterKind>(meaning[1]), Unit = meaning[2], Description = meaning[3] }
            : new VmCounter { Name = counter.Name, Value = counter.Value, Kind = Guess(counter.Name) };

    // The kernel calls its levels nr_something, with few exceptions, all of them in the table.
    private static VmCounterKind Guess(string name) =>
        name.StartsWith("nr_", StringComparison.Ordinal) ? VmCounterKind.Gauge : VmCounterKind.Counter;

    private static Dictionary<string, string[]> Load()
    {
        using StreamReader table = new(typeof(VmCounters).Assembly.GetManifestResourceStream("vm-counters.tsv")!);
        Dictionary<string, string[]> meanings = [];
        while (table.ReadLine() is string line)
        {
            string[] fields = line.Split('\t');
            meanings.Add(fields[0], fields);
        }
        return meanings;
    }
}
