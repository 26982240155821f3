using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Which files are written for limits, in which order, and what systemd keeps of them.</summary>
public static class CgroupLimitPlan
{
    /// <summary>The files and their values, in an order in which the kernel takes them.</summary>
    /// <exception cref="KernelException">The version has no such limit, or not without another one.</exception>
    public static IReadOnlyList<(string File, long Bytes)> Files(int version, IReadOnlyDictionary<CgroupLimit, long> wanted, CgroupMemory now)
    {
        List<(string File, long Bytes)> files = [];
        foreach ((CgroupLimit limit, long bytes) in wanted.OrderBy(limit => limit.Key))
        {
            if (version == 2 || limit is CgroupLimit.Low)
            {
                files.Add((FileOf(limit, version), bytes));
            }
            else if (limit is CgroupLimit.Min or CgroupLimit.High)
            {
                throw new CgroupLimitException(now.Path, limit);
            }
        }
        if (version == 1)
        {
            files.AddRange(Legacy(wanted, now));
        }
        return files;
    }

    /// <summary>The drop-in that systemctl set-property would write.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    public static ConfigLineChange InUnit(Machine machine, string unit, CgroupLimit limit, long bytes)
    {
        string property = CgroupLimitNames.PropertyOf(limit);
        string kind = unit[(unit.LastIndexOf('.') + 1)..];
        string path = $"etc/systemd/system.control/{unit}.d/50-{property}.conf";
        return new ConfigLineChange
        {
            Path = path,
            Target = machine.Locate(path),
            Setting = $"{property} of {unit}",
            Owns = line => line.TrimStart().StartsWith(property + "=", StringComparison.Ordinal),
            Line = $"{property}={(bytes == CgroupValueFile.Unlimited ? "infinity" : CgroupLimitNames.Text(bytes))}",
            ValueOf = line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(),
            Header = "# This is a drop-in unit file extension, created via \"systemctl set-property\"\n# or an equivalent operation. Do not edit.\n"
                + $"[{char.ToUpperInvariant(kind[0])}{kind[1..]}]",
        }.Planned(machine);
    }

    // Version 1 limits memory, and memory with swap; the second is never below the first.
    private static IEnumerable<(string File, long Bytes)> Legacy(IReadOnlyDictionary<CgroupLimit, long> wanted, CgroupMemory now)
    {
        long oldMax = now.Max ?? CgroupValueFile.Unlimited;
        long oldBoth = now.SwapMax is long swap ? Sum(oldMax == CgroupValueFile.Unlimited ? 0 : oldMax, swap) : CgroupValueFile.Unlimited;
        long max = wanted.GetValueOrDefault(CgroupLimit.Max, oldMax);
        if (max == CgroupValueFile.Unlimited && wanted.GetValueOrDefault(CgroupLimit.SwapMax, CgroupValueFile.Unlimited) != CgroupValueFile.Unlimited)
        {
            throw new CgroupLimitException(now.Path);
        }
        // Without -SwapMax the sum changes only where it must, and then the swap that was allowed stays.
        long both = wanted.TryGetValue(CgroupLimit.SwapMax, out long wantedSwap) ? Sum(max, wantedSwap)
            : oldBoth < max ? Sum(max, now.SwapMax ?? 0)
            : oldBoth;
        (string, long)[] files = [(FileOf(CgroupLimit.Max, 1), max), (FileOf(CgroupLimit.SwapMax, 1), both)];
        IEnumerable<(string, long)> needed = files.Where((_, i) => i == 0 ? wanted.ContainsKey(CgroupLimit.Max) : both != oldBoth || wanted.ContainsKey(CgroupLimit.SwapMax));
        return both > oldBoth ? needed.Reverse() : needed;
    }

    private static string FileOf(CgroupLimit limit, int version) => CgroupLimitNames.FileOf(limit, version)!;

    private static long Sum(long one, long other) =>
        one == CgroupValueFile.Unlimited || other == CgroupValueFile.Unlimited || one > CgroupValueFile.Unlimited - other ? CgroupValueFile.Unlimited : one + other;
}

/// <summary>A limit that version 1 of the cgroup interface does not have.</summary>
public sealed class CgroupLimitException : KernelException
{
    internal CgroupLimitException(string group, CgroupLimit limit)
        : base(Errno.EOPNOTSUPP, "open", group,
            $"{group} is a group of version 1, which has no memory.{limit.ToString().ToLowerInvariant()}: only -Max, -Low (its soft limit) and -SwapMax can be set. Nothing was changed")
    {
    }

    internal CgroupLimitException(string group)
        : base(Errno.EINVAL, "write", group,
            $"{group} is a group of version 1, which limits swap together with memory, and its memory has no limit: give -Max, too. Nothing was changed")
    {
    }
}
