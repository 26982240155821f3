using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Disable-SwapArea: takes swap areas out of use when what is in them fits into memory.</summary>
[Cmdlet(VerbsLifecycle.Disable, "SwapArea", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MemoryChange))]
public sealed class DisableSwapAreaCommand : SwapCmdlet
{
    /// <summary>The files or devices.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwapAreaCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Do not look whether what is in the area fits into memory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerPath(Path, path => Apply(SwapAreaUse.PlanDisabling(Machine, path, IsOn(Force))));
}
