using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One reading of the files that activity is measured from; two of them give a <see cref="MemoryActivity"/>.</summary>
public sealed class ActivityReading
{
    private readonly Dictionary<string, long> _counters;
    private readonly int _pageSize;

    /// <summary>Makes a reading from what the files say. <paramref name="clock"/> is time since any fixed moment.</summary>
    public ActivityReading(
        IReadOnlyList<(string Name, long Value)> counters, MemInfo memory, MemoryPressure? pressure, int pageSize, TimeSpan clock)
    {
        ArgumentNullException.ThrowIfNull(counters);
        ArgumentNullException.ThrowIfNull(memory);
        _counters = new Dictionary<string, long>(counters.Count);
        foreach ((string name, long value) in counters)
        {
            _counters[name] = value;
        }
        _pageSize = pageSize;
        Memory = memory;
        Pressure = pressure;
        Clock = clock;
    }

    /// <summary>What /proc/meminfo said.</summary>
    public MemInfo Memory { get; }

    /// <summary>What /proc/pressure/memory said; null where it is not there.</summary>
    public MemoryPressure? Pressure { get; }

    /// <summary>When it was read, by a clock that nobody sets.</summary>
    public TimeSpan Clock { get; }

    /// <summary>Reads each file of the machine once.</summary>
    /// <exception cref="KernelException">A file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ActivityReading Take(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        TimeSpan clock = Stopwatch.GetElapsedTime(0);
        return new ActivityReading(VmStatFile.Read(machine), MemInfoFile.Read(machine), ReadPressure(machine), PageSize.Of(machine), clock);
    }

    /// <summary>What happened since boot: rates over the machine's uptime.</summary>
    /// <exception cref="KernelException">/proc/uptime is absent or denied.</exception>
    /// <exception cref="KernelFormatException">/proc/uptime is cut or garbled.</exception>
    public MemoryActivity SinceBoot(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader reader = machine.Read("proc/uptime");
        KernelLine line = reader.RequireLine("the seconds since boot");
        double seconds = line.TakeDouble();
        TimeSpan uptime = seconds is > 0 and < 1e10 ? TimeSpan.FromSeconds(seconds) : throw line.Malformed("the seconds since boot");
        MemoryActivity activity = Over(uptime, _ => 0);
        // The time of a captured file is often that of the copy; the kernel's own clocks tell when it was taken.
        return !machine.IsLive && BootTime.Read(machine) is DateTimeOffset boot && BootTime.Plus(boot, (long)(seconds * 100)) is DateTimeOffset taken
            ? activity with { Time = taken }
            : activity;
    }

    /// <summary>What happened since an earlier reading.</summary>
    public MemoryActivity Since(ActivityReading earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Over(Clock - earlier.Clock, name => earlier._counters.TryGetValue(name, out long value) ? value : null);
    }

    private MemoryActivity Over(TimeSpan interval, Func<string, long?> before)
    {
        Rates rates = new(_counters, before, interval.TotalSeconds);
        double? kswapd = rates.Of("pgscan_kswapd") ?? rates.OfPrefix("pgscan_kswapd_");
        double? direct = rates.Of("pgscan_direct") ?? rates.OfPrefix("pgscan_direct_", except: "pgscan_direct_throttle");
        // The kinds count the same pages once more; before 5.8 there were only the callers, before 4.8 by zone, and before 3.5 the zones alone.
        double? stolen = rates.Of("pgsteal_anon") + rates.Of("pgsteal_file")
            ?? rates.Of("pgsteal_kswapd") + rates.Of("pgsteal_direct")
            ?? rates.OfPrefix("pgsteal_kswapd_") + rates.OfPrefix("pgsteal_direct_")
            ?? rates.OfPrefix("pgsteal_");
        return new MemoryActivity
        {
            Time = Memory.Time,
            Interval = interval,
            PagedIn = rates.Of("pgpgin") * 1024,
            PagedOut = rates.Of("pgpgout") * 1024,
            SwappedIn = rates.Of("pswpin") * _pageSize,
            SwappedOut = rates.Of("pswpout") * _pageSize,
            Faults = rates.Of("pgfault"),
            MajorFaults = rates.Of("pgmajfault"),
            FreedPages = rates.Of("pgfree"),
            ScannedByKswapd = kswapd,
            ScannedDirect = direct,
            Stolen = stolen,
            ReclaimEfficiencyPercent = kswapd + direct > 0 ? 100 * stolen / (kswapd + direct) : null,
            AllocationStalls = rates.Of("allocstall") ?? rates.OfPrefix("allocstall_"),
            CompactionStalls = rates.Of("compact_stall"),
            ThpFaultAllocations = rates.Of("thp_fault_alloc"),
            ThpFaultFallbacks = rates.Of("thp_fault_fallback"),
            Refaults = rates.Of("workingset_refault") ?? rates.Of("workingset_refault_anon") + rates.Of("workingset_refault_file"),
            OomKills = rates.Of("oom_kill"),
            Backwards = new ReadableList<string>(rates.Backwards),
            MemAvailable = Memory.MemAvailable,
            MemFree = Memory.MemFree,
            BuffCache = Memory.BuffCache,
            Dirty = Memory.Dirty,
            Writeback = Memory.Writeback,
            SwapUsed = Memory.SwapUsed,
            CommitPercent = Memory.MemTotal + (Memory.SwapTotal ?? 0) is long whole and > 0 ? 100.0 * Memory.CommittedAS / whole : null,
            SomePressure10 = Pressure?.SomeAverage10,
            FullPressure10 = Pressure?.FullAverage10,
        };
    }

    private static MemoryPressure? ReadPressure(Machine machine)
    {
        try
        {
            return PressureFile.Read(machine);
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied || e.Errno == Errno.EOPNOTSUPP)
        {
            return null;
        }
    }

    private sealed class Rates(Dictionary<string, long> now, Func<string, long?> before, double seconds)
    {
        public List<string> Backwards { get; } = [];

        /// <summary>The rate of one counter; null where a reading lacks it or it went backwards.</summary>
        public double? Of(string name)
        {
            if (seconds <= 0 || !now.TryGetValue(name, out long end) || before(name) is not long start)
            {
                return null;
            }
            if (end < start)
            {
                Backwards.Add(name);
                return null;
            }
            return (end - start) / seconds;
        }

        /// <summary>The sum over all counters that begin so; null where there is none.</summary>
        public double? OfPrefix(string prefix, string? except = null)
        {
            double? sum = null;
            foreach (string name in now.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name != except))
            {
                sum = (sum ?? 0) + Of(name);
                if (sum is null)
                {
                    return null;
                }
            }
            return sum;
        }
    }
}
