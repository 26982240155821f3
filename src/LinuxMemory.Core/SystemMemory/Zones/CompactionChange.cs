using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Free memory moved together into large blocks, on the whole machine or one node.</summary>
public sealed record CompactionChange : KernelActionChange
{
    private int? Node { get; init; }

    private Action<MemoryCompaction> Report { get; init; } = _ => { };

    /// <summary>Plans compaction of one node, or of all with null; <paramref name="report"/> is told of each zone.</summary>
    /// <exception cref="KernelException">There is no such node, or the kernel cannot compact (CONFIG_COMPACTION).</exception>
    public static CompactionChange Plan(Machine machine, int? node, Action<MemoryCompaction> report)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string path = FileOf(node);
        if (!machine.Exists(path))
        {
            throw new KernelException(Errno.ENOENT, "open for writing", machine.Locate(path));
        }
        return new CompactionChange
        {
            Path = path,
            Target = machine.Locate(path),
            Setting = "vm.compact_memory",
            NewValue = "1",
            Sentence = node is null ? "Compact the free memory of all nodes" : $"Compact the free memory of node {node}",
            Node = node,
            Report = report,
        };
    }

    /// <summary>The file that compacts a node, or the machine with null.</summary>
    internal static string FileOf(int? node) => node is int id ? $"sys/devices/system/node/node{id}/compact" : "proc/sys/vm/compact_memory";

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ILookup<(int, string), MemoryFragmentation> before = Zones(machine);
        long start = Stopwatch.GetTimestamp();
        PlannedChange done = base.Apply(machine);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        foreach (IGrouping<(int Node, string Zone), MemoryFragmentation> zone in Zones(machine))
        {
            if (Node is null || Node == zone.Key.Node)
            {
                Report(new MemoryCompaction
                {
                    Node = zone.Key.Node,
                    Zone = zone.Key.Zone,
                    Before = before[zone.Key].ToArray(),
                    After = zone.ToArray(),
                    Duration = duration,
                });
            }
        }
        return done;
    }

    private static ILookup<(int Node, string Zone), MemoryFragmentation> Zones(Machine machine) =>
        BuddyInfoFile.Read(machine).ToLookup(row => (row.Node, row.Zone));
}
