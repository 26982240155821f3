using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Where a node's pages were allocated since boot, in pages. Source: /sys/devices/system/node/nodeN/numastat.</summary>
public sealed record NumaStatistic
{
    /// <summary>The node.</summary>
    public required int Node { get; init; }

    /// <summary>Pages allocated here as wanted: numa_hit.</summary>
    public long? Hit { get; init; }

    /// <summary>Pages allocated here although another node was wanted: numa_miss.</summary>
    public long? Miss { get; init; }

    /// <summary>Pages wanted here but allocated elsewhere: numa_foreign.</summary>
    public long? Foreign { get; init; }

    /// <summary>Pages interleaved here as wanted: interleave_hit.</summary>
    public long? Interleave { get; init; }

    /// <summary>Pages allocated here by a CPU of this node: local_node.</summary>
    public long? Local { get; init; }

    /// <summary>Pages allocated here by a CPU of another node: other_node.</summary>
    public long? Other { get; init; }

    /// <summary>Local in percent of Local + Other; null where nothing was allocated.</summary>
    public double? LocalPercent => Local + Other > 0 ? 100.0 * Local / (Local + Other) : null;

    /// <summary>The statistics of every online node, as they are read.</summary>
    /// <exception cref="KernelException">The kernel was built without NUMA.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<NumaStatistic> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        foreach (int node in NumaNodes.Ids(machine))
        {
            if (TryReadCounters(machine, node) is not Dictionary<string, long> counters)
            {
                continue;
            }
            long? Pages(string name) => counters.TryGetValue(name, out long pages) ? pages : null;
            yield return new NumaStatistic
            {
                Node = node,
                Hit = Pages("numa_hit"),
                Miss = Pages("numa_miss"),
                Foreign = Pages("numa_foreign"),
                Interleave = Pages("interleave_hit"),
                Local = Pages("local_node"),
                Other = Pages("other_node"),
            };
        }
    }

    // Null for a node that went offline meanwhile.
    private static Dictionary<string, long>? TryReadCounters(Machine machine, int node)
    {
        try
        {
            using KernelReader? reader = machine.TryRead($"{NumaNodes.Directory}/node{node}/numastat");
            return reader is null ? null : VmStatFile.Parse(reader).GroupBy(counter => counter.Name).ToDictionary(same => same.Key, same => same.Last().Value);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }
}
