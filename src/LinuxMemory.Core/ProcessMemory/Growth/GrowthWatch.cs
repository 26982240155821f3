using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Says of growing processes that are still there which mappings grow, and what limit they meet first.</summary>
public sealed class GrowthWatch
{
    private const int MostMappings = 10;
    private const int OneOf = 100;
    private const string JavaOld = "Old";

    private readonly Machine _machine;
    private readonly Dictionary<int, List<ProcessMemoryMapEntry>> _remembered = [];

    /// <summary>Makes a watch over a machine's processes.</summary>
    public GrowthWatch(Machine machine) => _machine = machine;

    /// <summary>Reads the mappings of processes, to compare with later; those that cannot be read are left out.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Remember(IEnumerable<int> ids, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (int id in ids)
        {
            stopping.ThrowIfCancellationRequested();
            if (Mappings(id) is List<ProcessMemoryMapEntry> mappings)
            {
                _remembered[id] = mappings;
            }
        }
    }

    /// <summary>The same with its growing mappings and its nearest limit, as far as they can be read.</summary>
    public ProcessMemoryGrowth Explain(ProcessMemoryGrowth growth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        if (!_machine.IsLive || !IsThere(growth))
        {
            return growth;
        }
        List<ProcessMemoryMapEntry> mappings = Mappings(growth.Id) ?? [];
        GrowthLimit? limit = growth.Limit is null ? Limit(growth.Id) : null;
        return growth with
        {
            GrowingMappings = GrowingMappings(growth.Id, mappings),
            Reason = growth.Measure == JavaOld ? growth.Reason : growth.Reason + Collector(mappings),
            Limit = growth.Limit ?? limit?.Name,
            TimeToLimit = growth.TimeToLimit ?? (limit is null ? null : GrowthLimit.TimeFor(limit.Headroom, growth.SlopePerHour / 3600)),
        };
    }

    private ProcessMemoryMapDifference[] GrowingMappings(int id, List<ProcessMemoryMapEntry> after)
    {
        if (!_remembered.TryGetValue(id, out List<ProcessMemoryMapEntry>? before) || after.Count == 0)
        {
            return [];
        }
        ProcessMemoryMapDifference[] grown = [.. ProcessMemoryMapComparison.Compare(before, after).Where(found => Grown(found) > 0)
            .OrderByDescending(Grown).Take(MostMappings)];
        return [.. grown.Where(found => Grown(found) * OneOf >= Grown(grown[0]))];
    }

    // From outside, a heap that is filled for the first time looks like one that leaks.
    private static string Collector(List<ProcessMemoryMapEntry> mappings)
    {
        HashSet<string?> libraries = [.. mappings.Select(mapping => Path.GetFileName(mapping.Path))];
        return libraries.Contains("libjvm.so") ? "; Get-JavaHeap tells whether the Java heap leaks or was not collected yet"
            : libraries.Contains("libcoreclr.so") ? "; a .NET heap that was not collected as a whole yet looks the same: measure over several full collections"
            : "";
    }

    private static long Grown(ProcessMemoryMapDifference found) => (found.RssChange ?? 0) + (found.SwapChange ?? 0);

    private List<ProcessMemoryMapEntry>? Mappings(int id) => Try(() =>
    {
        using KernelDirectory process = ProcessList.Open(_machine, id);
        return ProcessMemoryMap.Read(process).Select(ProcessMemoryMapEntry.From).ToList();
    });

    private GrowthLimit? Limit(int id) => Try(() => GrowthLimit.Nearest(_machine, id));

    // Samples of an earlier day may name a process that has ended, and another may have its id.
    private bool IsThere(ProcessMemoryGrowth growth) =>
        Try(() => new ProcessMemoryReader(_machine) { Fast = true }.Read(growth.Id, false)) is { StartTime: DateTimeOffset start }
        && growth.StartTime is DateTimeOffset known && (start - known).Duration() <= ProcessMemoryGrowthMeter.SameStart;

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            return null;
        }
    }
}
