using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A block of physical memory that can be taken offline. Source: /sys/devices/system/memory.</summary>
public sealed record MemoryBlock
{
    private const string Directory = "sys/devices/system/memory";

    /// <summary>The block's number in its name.</summary>
    public required int Id { get; init; }

    /// <summary>The physical address of its first byte.</summary>
    public required ulong Start { get; init; }

    /// <summary>Bytes in a block, the same for all.</summary>
    public required long Size { get; init; }

    /// <summary>online, offline or going-offline.</summary>
    public required string State { get; init; }

    /// <summary>True when the kernel thinks that it could be taken offline; null where it does not say.</summary>
    public bool? IsRemovable { get; init; }

    /// <summary>The NUMA node; null without NUMA.</summary>
    public int? Node { get; init; }

    /// <summary>The zones that it belongs to, or could belong to when it is offline; empty where it spans several or the kernel does not say.</summary>
    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>Every block, by number.</summary>
    /// <exception cref="KernelException">The kernel has no memory hotplug, or the directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<MemoryBlock> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        long size = ReadSize(machine);
        Dictionary<int, int> nodes = ReadNodes(machine);
        foreach (int id in machine.List(Directory).Select(name => NumaNodes.NumberOf(name, "memory")).OfType<int>().Order())
        {
            string block = $"{Directory}/memory{id}";
            string[] zones = (machine.TryReadValue($"{block}/valid_zones") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return new MemoryBlock
            {
                Id = id,
                // phys_index is the block's place, counted in blocks, in hexadecimal.
                Start = unchecked((machine.TryReadHex($"{block}/phys_index") ?? (ulong)id) * (ulong)size),
                Size = size,
                State = machine.TryReadValue($"{block}/state") ?? "unknown",
                IsRemovable = machine.TryReadValue($"{block}/removable") switch { "1" => true, "0" => false, _ => null },
                Node = nodes.TryGetValue(id, out int node) ? node : null,
                Zones = new ReadableList<string>(zones is ["none"] ? [] : zones),
            };
        }
    }

    private static long ReadSize(Machine machine)
    {
        using KernelReader reader = machine.Read($"{Directory}/block_size_bytes");
        KernelLine line = reader.RequireLine("the size of a block in hexadecimal");
        ulong size = line.TakeHex();
        return size is > 0 and <= 1UL << 50 ? (long)size : throw line.Malformed("the size of a block in hexadecimal");
    }

    private static Dictionary<int, int> ReadNodes(Machine machine)
    {
        Dictionary<int, int> nodes = [];
        foreach (int node in NumaNodes.AreShown(machine) ? NumaNodes.Ids(machine) : [])
        {
            foreach (int block in machine.TryList($"{NumaNodes.Directory}/node{node}").Select(name => NumaNodes.NumberOf(name, "memory")).OfType<int>())
            {
                nodes[block] = node;
            }
        }
        return nodes;
    }
}
