using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The size of a pool of huge pages, of the machine or of one node. Values are numbers of pages without surplus ones, which come
/// and go with their users. Taking back a change of the machine's pool gives each node what it had.
/// </summary>
public sealed record HugePagePoolChange : PlannedChange
{
    /// <summary>The pool's directory from the machine's root.</summary>
    public required string Directory { get; init; }

    /// <summary>Bytes in one page.</summary>
    public required long PageSize { get; init; }

    /// <summary>The node whose pool it is; null for the whole machine.</summary>
    public int? Node { get; init; }

    /// <summary>For the machine's pool: what each node had before; null on a machine with one node or none.</summary>
    public Dictionary<int, long>? NodesBefore { get; init; }

    /// <summary>For a change that is taken back: what each node is to have; null to leave it to the kernel.</summary>
    public Dictionary<int, long>? NodesWanted { get; init; }

    /// <summary>Told what was achieved; null to let the shell warn where that is less.</summary>
    [JsonIgnore]
    public Action<HugePagePoolResult>? Report { get; init; }

    /// <summary>Told of the number of pages while the pool grows.</summary>
    [JsonIgnore]
    public Action<long>? Progress { get; init; }

    /// <summary>Ends the growth early; what was reached stays.</summary>
    [JsonIgnore]
    public CancellationToken Stopping { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool TellsShortfall => Report is not null;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => this with
    {
        OldValue = NewValue, NewValue = OldValue, NodesWanted = NodesBefore, NodesBefore = null, Sentence = null, IsGrave = false, Caution = null,
    };

    /// <summary>Plans a size of a pool in pages.</summary>
    /// <exception cref="KernelException">The machine or the node has no pages of that size.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static HugePagePoolChange Plan(Machine machine, long pageSize, int? node, long count)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string directory = HugePagePools.DirectoryOf(pageSize, node);
        return new HugePagePoolChange
        {
            Directory = directory,
            PageSize = pageSize,
            Node = node,
            Target = machine.Locate($"{directory}/{HugePagePools.Count}"),
            Setting = HugePagePools.SettingOf(pageSize, node),
            OldValue = Text(Persistent(HugePagePools.ReadPool(machine, directory, node, pageSize))),
            NewValue = Text(count),
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => Text(Persistent(Pool(machine)));

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        long start = Stopwatch.GetTimestamp();
        HugePagePool before = Pool(machine);
        Dictionary<int, long>? nodes = Node is null ? NodePools(machine) : null;
        long wanted = long.Parse(NewValue!, CultureInfo.InvariantCulture);
        int compactions = NodesWanted is null || nodes is null
            ? Resize(machine, Directory, Node, wanted)
            : NodesWanted.OrderBy(node => node.Value - nodes.GetValueOrDefault(node.Key))
                .Sum(node => nodes.ContainsKey(node.Key) ? Resize(machine, HugePagePools.DirectoryOf(PageSize, node.Key), node.Key, node.Value) : 0);
        HugePagePool after = Pool(machine);
        Report?.Invoke(new HugePagePoolResult
        {
            Node = Node,
            PageSize = PageSize,
            Asked = wanted,
            Achieved = after.Total,
            Before = before.Total,
            Surplus = after.Surplus,
            Compactions = compactions,
            Duration = Stopwatch.GetElapsedTime(start),
        });
        return this with { OldValue = Text(Persistent(before)), NewValue = Text(Persistent(after)), NodesBefore = nodes };
    }

    private int Resize(Machine machine, string directory, int? node, long wanted)
    {
        HugePageGrowth growth = new(PageSize)
        {
            Ask = count =>
            {
                machine.Write($"{directory}/{HugePagePools.Count}", Text(count) + "\n");
                return Persistent(HugePagePools.ReadPool(machine, directory, node, PageSize));
            },
            Compact = () => Compact(machine, node),
            Report = reached => Progress?.Invoke(reached),
        };
        growth.Run(Persistent(HugePagePools.ReadPool(machine, directory, node, PageSize)), wanted, Stopping);
        return growth.Compactions;
    }

    // Where the kernel cannot compact, or does not let us, the second try goes without.
    private static void Compact(Machine machine, int? node)
    {
        try
        {
            machine.Write(CompactionChange.FileOf(node), "1\n");
        }
        catch (KernelException)
        {
        }
    }

    private HugePagePool Pool(Machine machine) => HugePagePools.ReadPool(machine, Directory, Node, PageSize);

    private Dictionary<int, long>? NodePools(Machine machine)
    {
        Dictionary<int, long> pools = HugePagePools.Read(machine).Where(pool => pool.PageSize == PageSize && pool.Node is not null)
            .ToDictionary(pool => pool.Node!.Value, Persistent);
        return pools.Count > 1 ? pools : null;
    }

    private static long Persistent(HugePagePool pool) => pool.Total - (pool.Surplus ?? 0);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
