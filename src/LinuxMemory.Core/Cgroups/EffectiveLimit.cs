using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The smallest memory limit over a process's group and all groups above it, on both versions of cgroups.</summary>
internal sealed record EffectiveLimit
{
    /// <summary>The limit in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The group that has the limit, or the highest that can be seen when it lies above.</summary>
    public required string Group { get; init; }

    /// <summary>Bytes left in that group, with its inactive page cache counted as free; never negative, null when that is not told.</summary>
    public required long? Available { get; init; }

    /// <summary>
    /// The limit of the process that reads; null when there is none below the machine's memory, or when we may not read it.
    /// </summary>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static EffectiveLimit? Of(Machine machine, long memory)
    {
        try
        {
            return CgroupPath.Of(machine).Select(path => path.Version == 2 ? Unified(machine, path, memory) : Legacy(machine, path, memory))
                .OfType<EffectiveLimit>().MinBy(limit => limit.Bytes);
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            // Absent: the group was removed while it was read.
            return null;
        }
    }

    private static EffectiveLimit? Unified(Machine machine, CgroupPath path, long memory) =>
        Smallest(machine, path, "memory.max") is (long limit, int level) && limit < memory
            ? Make(machine, path, level, limit, "memory.current", "inactive_file")
            : null;

    private static EffectiveLimit? Legacy(Machine machine, CgroupPath path, long memory)
    {
        const string file = "memory.limit_in_bytes";
        const string usage = "memory.usage_in_bytes";
        const string inactive = "total_inactive_file";
        // The kernel's own answer knows groups above the mount, and that parents do not count without use_hierarchy.
        // Every group without a limit of its own has one of about 2^63.
        long? told = Statistic(machine, $"{path.DirectoryAt(0)}/memory.stat", "hierarchical_memory_limit");
        if (told is not long limit)
        {
            return Smallest(machine, path, file) is (long own, int ownLevel) && own < memory ? Make(machine, path, ownLevel, own, usage, inactive) : null;
        }
        if (limit >= memory)
        {
            return null;
        }
        int level = 0;
        while (level < path.Depth - 1 && Limit(machine, $"{path.DirectoryAt(level)}/{file}") != limit)
        {
            level++;
        }
        return Make(machine, path, level, limit, usage, inactive);
    }

    private static (long Limit, int Level)? Smallest(Machine machine, CgroupPath path, string file)
    {
        (long Limit, int Level)? smallest = null;
        for (int level = 0; level < path.Depth; level++)
        {
            if (Limit(machine, $"{path.DirectoryAt(level)}/{file}") is long limit && !(smallest?.Limit <= limit))
            {
                smallest = (limit, level);
            }
        }
        return smallest;
    }

    private static EffectiveLimit Make(Machine machine, CgroupPath path, int level, long limit, string usage, string inactive)
    {
        string directory = path.DirectoryAt(level);
        long? current = Limit(machine, $"{directory}/{usage}");
        long cache = Statistic(machine, $"{directory}/memory.stat", inactive) ?? 0;
        return new EffectiveLimit
        {
            Bytes = limit,
            Group = path.GroupAt(level),
            Available = current is long used ? Math.Max(0, limit - Math.Max(0, used - cache)) : null,
        };
    }

    // A number of bytes; null for "max" and where the group does not have the file, as the root has not.
    private static long? Limit(Machine machine, string path)
    {
        using KernelReader? reader = machine.TryRead(path);
        if (reader is null)
        {
            return null;
        }
        KernelLine line = reader.RequireLine("a number of bytes, or max");
        return line.TrySkip("max"u8) ? null : line.TakeUInt64() is <= long.MaxValue and ulong bytes ? (long)bytes : throw line.Malformed("a number of bytes, or max");
    }

    private static long? Statistic(Machine machine, string path, string name)
    {
        using KernelReader? reader = machine.TryRead(path);
        byte[] key = Encoding.UTF8.GetBytes(name);
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            if (line.TakeField().SequenceEqual(key))
            {
                return line.TakeUInt64() is <= long.MaxValue and ulong value ? (long)value : throw line.Malformed("a number of at most 63 bits");
            }
        }
        return null;
    }
}
