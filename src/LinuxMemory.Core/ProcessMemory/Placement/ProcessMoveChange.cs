using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The pages that a process has on some NUMA nodes, moved to others. There is no way back: which page was where is not kept.</summary>
public sealed record ProcessMoveChange : ProcessActionChange
{
    private IReadOnlyList<int> From { get; init; } = [];

    private IReadOnlyList<int> To { get; init; } = [];

    private Action<ProcessMemoryMove> Report { get; init; } = _ => { };

    /// <summary>Plans the move; <paramref name="report"/> is told what it brought.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ProcessMoveChange Plan(Machine machine, int id, IReadOnlyList<int> from, IReadOnlyList<int> to, Action<ProcessMemoryMove> report)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelDirectory process = ProcessList.Open(machine, id);
        ProcessStat stat = ProcessStatFile.Read(process);
        string name = ProcessName.Read(process, stat);
        return new ProcessMoveChange
        {
            Id = id,
            StartTicks = stat.StartTicks,
            Name = name,
            Target = TargetOf(id, name),
            Setting = "memory nodes",
            NewValue = Words(to),
            Sentence = $"Move its pages from node {Words(from)} to node {Words(to)}",
            From = from,
            To = to,
            Report = report,
        };
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using HeldProcess process = HeldProcess.Open(machine, Id, StartTicks);
        IReadOnlyList<long> before = NumaMapsFile.BytesByNode(NumaMapsFile.Read(process.Directory));
        long left = process.Do(() => machine.Calls.MovePages(Id, From, To));
        Report(new ProcessMemoryMove
        {
            Id = Id,
            Name = Name,
            FromNode = new ReadableList<int>([.. From]),
            ToNode = new ReadableList<int>([.. To]),
            Before = before,
            After = NumaMapsFile.BytesByNode(NumaMapsFile.Read(process.Directory)),
            PagesLeft = left,
        });
        return this;
    }

    private static string Words(IReadOnlyList<int> nodes) => string.Join(',', nodes.Select(node => node.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What moving a process's pages brought. Sizes are bytes.</summary>
public sealed record ProcessMemoryMove
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The nodes that pages were moved from.</summary>
    public required IReadOnlyList<int> FromNode { get; init; }

    /// <summary>The nodes that they were moved to.</summary>
    public required IReadOnlyList<int> ToNode { get; init; }

    /// <summary>Bytes on each node before, by the node's number.</summary>
    public required IReadOnlyList<long> Before { get; init; }

    /// <summary>Bytes on each node after, by the node's number.</summary>
    public required IReadOnlyList<long> After { get; init; }

    /// <summary>Bytes that went from FromNode: before less after, which is below zero when the program meanwhile allocated more there.</summary>
    public long Moved => OnFrom(Before) - OnFrom(After);

    /// <summary>Pages that the kernel could not move, such as those that another process maps, too.</summary>
    public required long PagesLeft { get; init; }

    private long OnFrom(IReadOnlyList<long> bytes) => FromNode.Where(node => node < bytes.Count && !ToNode.Contains(node)).Sum(node => bytes[node]);
}
