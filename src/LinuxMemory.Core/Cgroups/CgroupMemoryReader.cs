using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Reads the memory of groups of one hierarchy, whose directories are held open while they are read.</summary>
internal sealed class CgroupMemoryReader(CgroupHierarchy hierarchy)
{
    private readonly LineNames _statistics = new();
    private readonly LineNames _events = new();

    /// <summary>Reads a group, below a limit that the groups above it set.</summary>
    /// <exception cref="KernelException">The group has been removed.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public CgroupMemory Read(KernelDirectory directory, string group, CgroupCeiling? above)
    {
        Files files = new(directory);
        return hierarchy.Version == 2 ? Unified(files, group, above) : Legacy(files, group, above);
    }

    private CgroupMemory Unified(Files files, string group, CgroupCeiling? above)
    {
        Dictionary<string, long> events = files.Counts("memory.events", _events);
        files.AddCounts(events, "memory.swap.events", _events, "swap_");
        long? max = Limit(files.Bytes("memory.max"));
        CgroupCeiling? ceiling = CgroupCeiling.Lower(max, group, above);
        return new CgroupMemory
        {
            Path = group,
            Directory = files.Directory,
            Version = 2,
            Current = files.Bytes("memory.current"),
            Peak = files.Bytes("memory.peak"),
            Min = files.Bytes("memory.min"),
            Low = files.Bytes("memory.low"),
            High = Limit(files.Bytes("memory.high")),
            Max = max,
            SwapCurrent = files.Bytes("memory.swap.current"),
            SwapMax = Limit(files.Bytes("memory.swap.max")),
            ZswapCurrent = files.Bytes("memory.zswap.current"),
            ZswapMax = Limit(files.Bytes("memory.zswap.max")),
            EffectiveMax = ceiling?.Bytes,
            LimitedBy = ceiling?.Group,
            KillsTogether = files.Bytes("memory.oom.group") is long together ? together != 0 : null,
            Events = events,
            Statistics = files.Counts("memory.stat", _statistics, 96),
            Pressure = files.Pressure(group),
            Processes = files.Processes(),
            Unit = CgroupUnit.Of(group),
            Denied = files.Denied,
        };
    }

    private CgroupMemory Legacy(Files files, string group, CgroupCeiling? above)
    {
        Dictionary<string, long> control = files.Counts("memory.oom_control", _events);
        Dictionary<string, long> statistics = files.Counts("memory.stat", _statistics, 64);
        Dictionary<string, long> events = CgroupCounts.Empty();
        if (files.Bytes("memory.failcnt") is long failures)
        {
            events["max"] = failures;
        }
        foreach (string name in (ReadOnlySpan<string>)["oom_kill", "under_oom"])
        {
            if (control.TryGetValue(name, out long count))
            {
                events[name] = count;
            }
        }
        long? max = Limit(files.Bytes("memory.limit_in_bytes"));
        long? both = Limit(files.Bytes("memory.memsw.limit_in_bytes"));
        CgroupCeiling? ceiling = Ceiling(statistics, group, max, above);
        return new CgroupMemory
        {
            Path = group,
            Directory = files.Directory,
            Version = 1,
            Current = files.Bytes("memory.usage_in_bytes"),
            Peak = files.Bytes("memory.max_usage_in_bytes"),
            Low = Limit(files.Bytes("memory.soft_limit_in_bytes")),
            Max = max,
            SwapCurrent = statistics.TryGetValue("total_swap", out long swap) ? swap : null,
            SwapMax = both is long sum ? Math.Max(0, sum - (max ?? 0)) : null,
            EffectiveMax = ceiling?.Bytes,
            LimitedBy = ceiling?.Group,
            IsKillDisabled = control.TryGetValue("oom_kill_disable", out long disabled) ? disabled != 0 : null,
            Events = events,
            Statistics = statistics,
            Processes = files.Processes(),
            Unit = CgroupUnit.Of(group),
            Denied = files.Denied,
        };
    }

    // The kernel's own answer knows groups above the mount, and that parents do not count without use_hierarchy.
    private CgroupCeiling? Ceiling(Dictionary<string, long> statistics, string group, long? max, CgroupCeiling? above)
    {
        if (!statistics.TryGetValue("hierarchical_memory_limit", out long told))
        {
            return CgroupCeiling.Lower(max, group, above);
        }
        return Limit(CgroupValueFile.Normal(told)) is not long limit ? null
            : limit == max ? new CgroupCeiling(limit, group)
            : limit == above?.Bytes ? above
            : new CgroupCeiling(limit, hierarchy.Top);
    }

    private static long? Limit(long? bytes) => bytes == CgroupValueFile.Unlimited ? null : bytes;

    /// <summary>The files of one group. Absent and denied ones say nothing; a group that is gone is an exception.</summary>
    private sealed class Files(KernelDirectory group)
    {
        private List<string>? _denied;

        public string Directory => group.Name;

        public string[] Denied => _denied is null ? [] : [.. _denied];

        public long? Bytes(string file) => Read<long?>(file, static reader => CgroupValueFile.Parse(reader));

        public Dictionary<string, long> Counts(string file, LineNames names, int capacity = 0)
        {
            Dictionary<string, long> counts = CgroupCounts.Empty(capacity);
            AddCounts(counts, file, names);
            return counts;
        }

        public void AddCounts(Dictionary<string, long> counts, string file, LineNames names, string prefix = "") =>
            Read(file, reader =>
            {
                CgroupCountFile.Parse(reader, counts, names, prefix);
                return true;
            });

        public MemoryPressure? Pressure(string scope) => Read("memory.pressure", reader => PressureFile.Parse(reader, scope));

        public int[] Processes() => Read("cgroup.procs", CgroupProcsFile.Parse) ?? [];

        private T? Read<T>(string file, Func<KernelReader, T> parse)
        {
            try
            {
                using KernelReader? reader = group.TryRead(file);
                return reader is null ? default : parse(reader);
            }
            catch (KernelException e) when (e.IsDenied)
            {
                (_denied ??= []).Add(file);
                return default;
            }
            catch (KernelException e) when (e.Errno == Errno.EOPNOTSUPP)
            {
                // Pressure that is switched off, and the processes of a threaded group, which are those of a group above.
                return default;
            }
        }
    }
}

/// <summary>The smallest limit on the way down to a group, and the group that sets it.</summary>
internal sealed record CgroupCeiling(long Bytes, string Group)
{
    /// <summary>The limit below a group that has this one of its own; of equal ones the nearest counts.</summary>
    public static CgroupCeiling? Lower(long? own, string group, CgroupCeiling? above) =>
        own is long bytes && !(above?.Bytes < bytes) ? new CgroupCeiling(bytes, group) : above;
}
