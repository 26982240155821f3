using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The huge page pools of a machine and of its nodes.</summary>
public static class HugePagePools
{
    private const string OfMachine = "sys/kernel/mm/hugepages";
    private const string Prefix = "hugepages-";
    private const string Suffix = "kB";

    /// <summary>The pools of the machine, one a page size, smallest first; then those of every node.</summary>
    /// <exception cref="KernelException">A directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<HugePagePool> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        IEnumerable<int> nodes = machine.Exists(NumaNodes.Directory) ? NumaNodes.Ids(machine) : [];
        return ReadPools(machine, OfMachine, null).Concat(nodes.SelectMany(node => OfNode(machine, node)));
    }

    /// <summary>The pools of one node, smallest page first.</summary>
    /// <exception cref="KernelException">A directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IReadOnlyList<HugePagePool> OfNode(Machine machine, int node)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return [.. ReadPools(machine, $"{NumaNodes.Directory}/node{node}/hugepages", node)];
    }

    private static IEnumerable<HugePagePool> ReadPools(Machine machine, string directory, int? node) =>
        from name in machine.Exists(directory) ? machine.List(directory) : []
        let size = SizeOf(name)
        where size > 0
        orderby size
        select ReadPool(machine, $"{directory}/{name}", node, size.Value);

    private static long? SizeOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes)
        && kibibytes <= long.MaxValue >> 10
            ? kibibytes << 10
            : null;

    private static HugePagePool ReadPool(Machine machine, string directory, int? node, long pageSize)
    {
        using KernelReader reader = machine.Read($"{directory}/nr_hugepages");
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
            Overcommit = machine.TryReadNumber($"{directory}/nr_overcommit_hugepages"),
            Bytes = bytes,
        };
    }
}
