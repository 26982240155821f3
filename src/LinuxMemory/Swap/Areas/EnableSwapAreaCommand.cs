using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Enable-SwapArea: takes swap files and partitions into use.</summary>
[Cmdlet(VerbsLifecycle.Enable, "SwapArea", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class EnableSwapAreaCommand : SwapCmdlet
{
    /// <summary>The files or devices; a link leads to the one that is meant.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwapAreaCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>0 to 32767: areas with the highest are used first. -1, the default, lets the kernel choose.</summary>
    [Parameter]
    [ValidateRange(-1, 32767)]
    public int Priority { get; set; } = -1;

    /// <summary>When the kernel tells the device what is free: None (the default), Once when it is enabled, Pages as they become free, or Both.</summary>
    [Parameter]
    public SwapDiscard Discard { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerPath(Path, path =>
        Apply(SwapAreaUse.PlanEnabling(Machine, path, Priority < 0 ? null : Priority, Discard)));
}
