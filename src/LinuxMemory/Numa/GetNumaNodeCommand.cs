using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-NumaNode: each node's CPUs, memory and distances, what numactl -H shows.</summary>
[Cmdlet(VerbsCommon.Get, "NumaNode")]
[OutputType(typeof(NumaNode))]
public sealed class GetNumaNodeCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (NumaNode node in NumaNodes.Read(Machine))
        {
            Shell.Write(node);
        }
    }
}
