using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The huge page pools of a machine and of its nodes.</summary>
public static class HugePagePools
{
    private const string OfMachine = "sys/kernel/mm/hugepages";
    private const string Prefix = "hugepages-";
    private const string Suffix = "kB";

    internal const string Count = "nr_hugepages";
    internal const string Overcommit = "nr_overcommit_hugepages";

    /// <summary>The pools of the machine, one a page size, smallest first; then those of every node.</summary>
    /// <exception cref="KernelException">A directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<HugePagePool> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        IEnumerable<int> nodes = NumaNodes.AreShown(machine) ? NumaNodes.Ids(machine) : [];
        return ReadPools(machine, OfMachine, null).Concat(nodes.SelectMany(node => OfNode(machine, node)));
    }

    /// <summary>The pools of one node, smallest page first.</summary>
    /// <exception cref="KernelException">A directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IReadOnlyList<HugePagePool> OfNode(Machine machine, int node)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return [.. ReadPools(machine, OfNode(node), node)];
    }

    /// <summary>Bytes in a page of the size that programs get who ask for no other; null where the kernel has no pools. Source: Hugepagesize.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static long? DefaultSize(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.Exists(MemInfoFile.Path) ? MemInfoFile.Read(machine).Hugepagesize : null;
    }

    /// <summary>A pool's directory from the machine's root.</summary>
    public static string DirectoryOf(long pageSize, int? node) =>
        string.Create(CultureInfo.InvariantCulture, $"{(node is int id ? OfNode(id) : OfMachine)}/{Prefix}{pageSize >> 10}{Suffix}");

    /// <summary>A pool's name in changes: "hugepages-2048kB", "node0.hugepages-2048kB".</summary>
    internal static string SettingOf(long pageSize, int? node) =>
        string.Create(CultureInfo.InvariantCulture, $"{(node is int id ? $"node{id}." : "")}{Prefix}{pageSize >> 10}{Suffix}");

    private static string OfNode(int node) => string.Create(CultureInfo.InvariantCulture, $"{NumaNodes.Directory}/node{node}/hugepages");

    private static IEnumerable<HugePagePool> ReadPools(Machine machine, string directory, int? node) =>
        from name in machine.TryList(directory)
        let size = SizeOf(name)
        where size > 0
        orderby size
        let pool = TryReadPool(machine, $"{directory}/{name}", node, size.Value)
        where pool is not null
        select pool;

    // A node can go offline while it is read.
    private static HugePagePool? TryReadPool(Machine machine, string directory, int? node, long pageSize)
    {
        try
        {
            return ReadPool(machine, directory, node, pageSize);
        }
        catch (KernelException e) when (node is not null && e.IsAbsent)
        {
            return null;
        }
    }

    private static long? SizeOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes)
        && kibibytes <= long.MaxValue >> 10
            ? kibibytes << 10
            : null;

    internal static HugePagePool ReadPool(Machine machine, string directory, int? node, long pageSize)
    {
        using KernelReader reader = machine.Read($"{directory}/{Count}");
        KernelLine line = reader.RequireLine("a number of pages");
        long total = line.TakeInt64();
        // Pools of several sizes are added up: each has room for the others.
        long bytes = total >= 0 && total <= (long.MaxValue >> 6) / pageSize ? total * pageSize : throw line.Malformed("a number of pages that fits 63 bits in bytes");
        return new HugePagePool
        {
            Node = node,
            PageSize = pageSize,
            Total = total,
            Free = machine.TryReadNumber($"{directory}/free_hugepages"),
            Reserved = machine.TryReadNumber($"{directory}/resv_hugepages"),
            Surplus = machine.TryReadNumber($"{directory}/surplus_hugepages"),
            Overcommit = machine.TryReadNumber($"{directory}/{Overcommit}"),
            Bytes = bytes,
        };
    }
}
