using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessNumaMap: on which NUMA nodes the memory of processes is.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessNumaMap", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessNumaMapping))]
[OutputType(typeof(ProcessNumaSummary))]
public sealed class GetProcessNumaMapCommand : AddressSpaceCmdlet
{
    /// <summary>One object for each process with its memory on each node, in the place of its mappings.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc />
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat)
    {
        IReadOnlyList<ProcessNumaMapping> mappings = NumaMapsFile.Read(directory);
        if (IsOn(Summary))
        {
            Shell.Write(NumaMapsFile.Summarize(stat.Id, ProcessName.Read(directory, stat), mappings));
            return;
        }
        foreach (ProcessNumaMapping mapping in mappings)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(mapping);
        }
    }
}
