using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Invoke-MemoryCompaction: moves free memory together into large blocks, and shows what that brought.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MemoryCompaction", SupportsShouldProcess = true)]
[OutputType(typeof(MemoryCompaction))]
[OutputType(typeof(MemoryChange))]
public sealed class InvokeMemoryCompactionCommand : ChangeCmdlet
{
    /// <summary>Only these NUMA nodes.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public int[]? Node { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (Node is null)
        {
            Apply(CompactionChange.Plan(Machine, null, Shell.Write));
            return;
        }
        foreach (int node in Node)
        {
            PerItem(node, () => Compact(node));
        }
    }

    private void Compact(int node)
    {
        IReadOnlyList<int> nodes = NumaNodes.AreShown(Machine) ? NumaNodes.Ids(Machine) : [];
        if (!nodes.Contains(node) && Machine.HasKernel)
        {
            throw HugePageErrors.NoSuchNode(node, nodes);
        }
        Apply(CompactionChange.Plan(Machine, node, Shell.Write));
    }
}
