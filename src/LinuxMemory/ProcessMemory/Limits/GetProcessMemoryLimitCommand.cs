using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessMemoryLimit: the limits of processes that are about memory, and how near they are.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessMemoryLimit", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryLimit))]
public sealed class GetProcessMemoryLimitCommand : AddressSpaceCmdlet
{
    /// <summary>Only these resources.</summary>
    [Parameter]
    public ProcessMemoryResource[]? Resource { get; set; }

    /// <inheritdoc />
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat)
    {
        foreach (ProcessMemoryLimit limit in ProcessLimitsFile.Read(directory).Where(limit => Resource is null || Resource.Contains(limit.Resource)))
        {
            Shell.Write(limit);
        }
    }
}
