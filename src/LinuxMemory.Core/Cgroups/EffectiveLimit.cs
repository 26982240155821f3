using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What limits a process: its group and all groups above it, on both versions of cgroups.</summary>
internal sealed record EffectiveLimit
{
    /// <summary>The smallest limit in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The group that has it, or the highest that can be seen when it lies above.</summary>
    public required string Group { get; init; }

    /// <summary>
    /// The least that any limited group leaves, in bytes, with its inactive page cache counted as free: a fuller group with a larger
    /// limit can leave less. Never negative; null when no group tells its use.
    /// </summary>
    public required long? Available { get; init; }

    /// <summary>
    /// The limit of a process, of the one that reads when none is named; null when there is none below the machine's memory, or when we may not read it.
    /// </summary>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static EffectiveLimit? Of(Machine machine, long memory, string process = "self")
    {
        try
        {
            EffectiveLimit[] limits = [.. CgroupPath.Of(machine, process).SelectMany(path => path.Version == 2 ? Unified(machine, path, memory) : Legacy(machine, path, memory))];
            return limits.MinBy(limit => limit.Bytes) is EffectiveLimit smallest
                ? smallest with { Available = limits.Min(limit => limit.Available) }
                : null;
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            // Absent: the group was removed while it was read.
            return null;
        }
    }

    private static IEnumerable<EffectiveLimit> Unified(Machine machine, CgroupPath path, long memory)
    {
        for (int level = 0; level < path.Depth; level++)
        {
            if (CgroupValueFile.Read(machine, $"{path.DirectoryAt(level)}/memory.max") is long limit && limit < memory)
            {
                yield return Make(machine, path, level, limit, "memory.current", "inactive_file"u8);
            }
        }
    }

    private static IEnumerable<EffectiveLimit> Legacy(Machine machine, CgroupPath path, long memory)
    {
        // The kernel's own answer knows groups above the mount, and that parents do not count without use_hierarchy.
        long told = Statistic(machine, path.DirectoryAt(0), "hierarchical_memory_limit"u8) ?? 0;
        if (told >= memory)
        {
            yield break;
        }
        long smallest = memory;
        for (int level = 0; level < path.Depth; level++)
        {
            if (CgroupValueFile.Read(machine, $"{path.DirectoryAt(level)}/memory.limit_in_bytes") is not long limit || limit >= memory)
            {
                continue;
            }
            if (limit < told)
            {
                break;
            }
            smallest = Math.Min(smallest, limit);
            yield return Make(machine, path, level, limit, "memory.usage_in_bytes", "total_inactive_file"u8);
        }
        if (told > 0 && told < smallest)
        {
            yield return Make(machine, path, path.Depth - 1, told, "memory.usage_in_bytes", "total_inactive_file"u8);
        }
    }

    private static EffectiveLimit Make(Machine machine, CgroupPath path, int level, long limit, string usage, ReadOnlySpan<byte> inactive)
    {
        string directory = path.DirectoryAt(level);
        long? current = CgroupValueFile.Read(machine, $"{directory}/{usage}");
        long cache = Statistic(machine, directory, inactive) ?? 0;
        return new EffectiveLimit
        {
            Bytes = limit,
            Group = path.GroupAt(level),
            Available = current is long used ? Math.Max(0, limit - Math.Max(0, used - cache)) : null,
        };
    }

    private static long? Statistic(Machine machine, string directory, ReadOnlySpan<byte> name)
    {
        using KernelReader? reader = machine.TryRead($"{directory}/memory.stat");
        return reader is null ? null : CgroupCountFile.Find(reader, name);
    }
}
