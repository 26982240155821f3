using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Remove-SwapFile: takes swap files out of use, out of fstab and off the disk.</summary>
[Cmdlet(VerbsCommon.Remove, "SwapFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MemoryChange))]
public sealed class RemoveSwapFileCommand : SwapCmdlet
{
    /// <summary>The swap files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwapAreaCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Do not look whether what is in the file fits into memory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerPath(Path, path => Apply(SwapFileRemoval.Plan(Machine, path, IsOn(Force))));
}
