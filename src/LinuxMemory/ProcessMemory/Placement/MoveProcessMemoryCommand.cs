using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Move-ProcessMemory: moves the pages of processes from NUMA nodes to others, and shows what that brought.</summary>
[Cmdlet(VerbsCommon.Move, "ProcessMemory", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(ProcessMemoryMove))]
[OutputType(typeof(MemoryChange))]
public sealed class MoveProcessMemoryCommand : ProcessChangeCmdlet
{
    // MAX_NUMNODES of the largest kernels.
    private const int MostNodes = 4096;

    /// <summary>The nodes to move from.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(0, MostNodes - 1)]
    public int[] FromNode { get; set; } = [];

    /// <summary>The nodes to move to: the first takes what was on the first of FromNode, and so on.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(0, MostNodes - 1)]
    public int[] ToNode { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        RequireChoice();
        IReadOnlyList<int> nodes = NumaNodes.Ids(Machine);
        foreach (int missing in FromNode.Concat(ToNode).Where(node => !nodes.Contains(node)).Take(1))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.NumaNodeNotFound, ErrorCategory.ObjectNotFound,
                $"The machine has no NUMA node {missing}; it has {Display.Ranges(nodes)}.", missing));
        }
        // The kernel takes two sets: the lowest node of one goes to the lowest of the other.
        if (FromNode.Length == ToNode.Length && !FromNode.Zip(ToNode).Order().Select(pair => pair.Second).SequenceEqual(ToNode.Order()))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
                $"The kernel moves the lowest node of -FromNode to the lowest of -ToNode, and cannot cross them. Move one pair at a time, for example -FromNode {FromNode[0]} -ToNode {ToNode[0]}.", ToNode));
        }
        base.ProcessMany(processes);
    }

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (!HasMemory(process))
        {
            return;
        }
        Apply(ProcessMoveChange.Plan(Machine, process.Id, FromNode, ToNode, Shell.Write));
    }
}
