using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Says of growing processes that are still there which mappings grow, and what limit they meet first.</summary>
public sealed class GrowthWatch
{
    private const int MostMappings = 10;
    private const int OneOf = 100;
    private const string JavaOld = "Old";
    private const string Jvm = "libjvm.so";

    // So long a program's heap may be filled for the first time.
    private static readonly TimeSpan FirstFill = TimeSpan.FromMinutes(10);

    private readonly Machine _machine;
    private readonly Dictionary<int, Memory> _remembered = [];
    private readonly HashSet<int> _collected = [];

    /// <summary>Makes a watch over a machine's processes.</summary>
    public GrowthWatch(Machine machine) => _machine = machine;

    /// <summary>Reads the mappings of processes and what their collectors did, to compare with later; those that cannot be read are left out.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Remember(IEnumerable<int> ids, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (int id in ids)
        {
            stopping.ThrowIfCancellationRequested();
            if (Look(id) is Memory memory)
            {
                _remembered[id] = memory;
            }
        }
    }

    /// <summary>Looks which of the remembered processes collected their heaps since; to be called again and again, since the traces of that go.</summary>
    public void Observe()
    {
        foreach ((int id, Memory memory) in _remembered)
        {
            if (memory.Collector is not null && !HasCollected(id) && Try(() => Collector(id))?.HasCollectedSince(memory.Collector) == true)
            {
                _collected.Add(id);
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
        Memory now = Look(growth.Id) ?? new Memory([], null);
        Memory? before = _remembered.GetValueOrDefault(growth.Id);
        ProcessMemoryMapDifference[] grown = GrowingMappings(before, now);
        if (growth.Measure != JavaOld && IsManaged(grown) && Doubt(growth, before, now) is string doubt)
        {
            return growth with { GrowingMappings = grown, Verdict = GrowthVerdict.Inconclusive, Reason = doubt };
        }
        GrowthLimit? limit = growth.Limit is null ? Limit(growth.Id) : null;
        return growth with
        {
            GrowingMappings = grown,
            Reason = growth.Measure == JavaOld ? growth.Reason : growth.Reason + Caveat(before, now),
            Limit = growth.Limit ?? limit?.Name,
            TimeToLimit = growth.TimeToLimit ?? (limit is null ? null : GrowthLimit.TimeFor(limit.Headroom, growth.SlopePerHour / 3600)),
        };
    }

    private static ProcessMemoryMapDifference[] GrowingMappings(Memory? before, Memory now)
    {
        if (before is null || now.Mappings.Count == 0)
        {
            return [];
        }
        ProcessMemoryMapDifference[] grown = [.. ProcessMemoryMapComparison.Compare(before.Mappings, now.Mappings).Where(found => Grown(found) > 0)
            .OrderByDescending(Grown).Take(MostMappings)];
        return [.. grown.Where(found => Grown(found) * OneOf >= Grown(grown[0]))];
    }

    /// <summary>True when a remembered process was seen to have collected its heap since.</summary>
    internal bool HasCollected(int id) => _collected.Contains(id);

    /// <summary>False where more than half of the growth is in what malloc took from brk: no collector would give that back.</summary>
    internal static bool IsManaged(IReadOnlyCollection<ProcessMemoryMapDifference> grown) =>
        grown.Where(found => found.Kind == ProcessMemoryKind.Heap).Sum(Grown) * 2 <= grown.Sum(Grown);

    // From outside, a heap that is filled for the first time looks like one that leaks.
    private string? Doubt(ProcessMemoryGrowth growth, Memory? before, Memory now)
    {
        bool isJava = now.Has(Jvm);
        if (before is null || (!isJava && (before.Collector is null || now.Collector is null)))
        {
            return null;
        }
        TimeSpan age = DateTimeOffset.Now - growth.StartTime!.Value - growth.Duration;
        bool isYoung = age < growth.Duration && age + (growth.Duration * GrowthTrend.WarmUp) < FirstFill;
        if (isJava)
        {
            return isYoung ? "its Java heap may be filled for the first time: see Get-JavaHeap, or measure again later, or longer" : null;
        }
        return isYoung ? "its .NET heap may be filled for the first time: measure again later, or longer"
            : !HasCollected(growth.Id) && !now.Collector!.HasCollectedSince(before.Collector!) ? "no background collection of its .NET heap was seen: measure longer (with gcConcurrent=0 there is none: compare heaps by dotnet-gcdump)"
            : null;
    }

    private static string Caveat(Memory? before, Memory now) =>
        now.Has(Jvm) ? "; Get-JavaHeap tells whether the Java heap leaks or was not collected yet"
        : now.Collector is not null && before?.Collector is null ? "; a .NET heap that was not collected as a whole yet looks the same: measure over several full collections"
        : "";

    private static long Grown(ProcessMemoryMapDifference found) => (found.RssChange ?? 0) + (found.SwapChange ?? 0);

    private Memory? Look(int id) => Try(() =>
    {
        using KernelDirectory process = ProcessList.Open(_machine, id);
        Memory memory = new([.. ProcessMemoryMap.Read(process).Select(ProcessMemoryMapEntry.From)], null);
        return memory.Has("libcoreclr.so") ? memory with { Collector = DotNetCollector.Read(process) } : memory;
    });

    private DotNetCollector? Collector(int id)
    {
        using KernelDirectory process = ProcessList.Open(_machine, id);
        return DotNetCollector.Read(process);
    }

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

    /// <summary>What a process maps, and of one of .NET what its collector did.</summary>
    private sealed record Memory(List<ProcessMemoryMapEntry> Mappings, DotNetCollector? Collector)
    {
        public bool Has(string library) => Mappings.Exists(mapping => Path.GetFileName(mapping.Path) == library);
    }
}
