using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessMemoryLayout: where things are in the address spaces of processes.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessMemoryLayout", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryLayout))]
public sealed class GetProcessMemoryLayoutCommand : AddressSpaceCmdlet
{
    /// <summary>Read maps instead of smaps: no sizes in memory, and next to no cost for the process.</summary>
    [Parameter]
    public SwitchParameter Fast { get; set; }

    /// <inheritdoc />
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat) =>
        Shell.Write(ProcessMemoryLayout.Read(directory, IsOn(Fast)));
}
