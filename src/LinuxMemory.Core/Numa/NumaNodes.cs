using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The NUMA nodes of a machine, from /sys/devices/system/node.</summary>
public static class NumaNodes
{
    internal const string Directory = "sys/devices/system/node";
    private const string Tiers = "sys/devices/virtual/memory_tiering";

    /// <summary>The online nodes in the order of their numbers.</summary>
    /// <exception cref="KernelException">The kernel was built without NUMA.</exception>
    public static IReadOnlyList<int> Ids(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return [.. machine.List(Directory).Select(name => NumberOf(name, "node")).OfType<int>().Order()];
    }

    /// <summary>False where the kernel was built without NUMA.</summary>
    public static bool AreShown(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.Exists(Directory);
    }

    /// <summary>Every online node, as it is read.</summary>
    /// <exception cref="KernelException">The kernel was built without NUMA.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<NumaNode> Read(Machine machine)
    {
        Dictionary<int, int> tiers = ReadTiers(machine);
        foreach (int id in Ids(machine))
        {
            NumaNode node = ReadNode(machine, id, tiers.TryGetValue(id, out int tier) ? tier : null);
            // It may have gone offline while it was read.
            if (node.Total is not null || machine.Exists($"{Directory}/node{id}"))
            {
                yield return node;
            }
        }
    }

    /// <summary>The number at the end of a name such as node12; null for another name.</summary>
    internal static int? NumberOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static NumaNode ReadNode(Machine machine, int id, int? tier)
    {
        string node = $"{Directory}/node{id}";
        IReadOnlyDictionary<string, long> memory = ReadMemory(machine, node);
        int[]? cpus = machine.TryReadCpus($"{node}/cpulist", $"{node}/cpumap");
        long? Bytes(string key) => memory.TryGetValue(key, out long bytes) ? bytes : null;
        return new NumaNode
        {
            Id = id,
            Cpus = new ReadableList<int>(cpus ?? []),
            KnowsCpus = cpus is not null,
            Total = Bytes("MemTotal"),
            Free = Bytes("MemFree"),
            Used = Bytes("MemUsed") ?? Bytes("MemTotal") - Bytes("MemFree"),
            Distances = new ReadableList<int>(ReadDistances(machine, $"{node}/distance")),
            Tier = tier,
            FilePages = Bytes("FilePages"),
            AnonPages = Bytes("AnonPages"),
            Shmem = Bytes("Shmem"),
            Slab = Bytes("Slab"),
            HugePages = HugePageBytes(machine, id),
            Extra = ReadableCounts.Of(memory.Where(value => !IsProperty(value.Key))),
        };
    }

    private static IReadOnlyDictionary<string, long> ReadMemory(Machine machine, string node)
    {
        try
        {
            using KernelReader? reader = machine.TryRead($"{node}/meminfo");
            return reader is null ? new Dictionary<string, long>() : NodeMemInfoFile.Parse(reader);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return new Dictionary<string, long>();
        }
    }

    // meminfo counts only pages of the default size, where numastat goes wrong; the pools have all.
    private static long? HugePageBytes(Machine machine, int id)
    {
        IReadOnlyList<HugePagePool> pools = HugePagePools.OfNode(machine, id);
        return pools.Count == 0 ? null : pools.Sum(pool => pool.Bytes);
    }

    private static bool IsProperty(string key) => key is "MemTotal" or "MemFree" or "MemUsed" or "FilePages" or "AnonPages" or "Shmem" or "Slab";

    private static List<int> ReadDistances(Machine machine, string path)
    {
        List<int> distances = [];
        try
        {
            using KernelReader? reader = machine.TryRead(path);
            if (reader is not null && reader.ReadLine(out KernelLine line))
            {
                while (!line.IsAtEnd)
                {
                    distances.Add(line.TakeInt32());
                }
            }
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            distances.Clear();
        }
        return distances;
    }

    private static Dictionary<int, int> ReadTiers(Machine machine)
    {
        Dictionary<int, int> tiers = [];
        foreach (string name in machine.TryList(Tiers))
        {
            if (NumberOf(name, "memory_tier") is int tier)
            {
                foreach (int node in machine.TryReadNumbers($"{Tiers}/{name}/nodelist") ?? [])
                {
                    tiers[node] = tier;
                }
            }
        }
        return tiers;
    }
}
