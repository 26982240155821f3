using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Resize-SwapFile: gives swap files another size, with never less swap than before.</summary>
[Cmdlet(VerbsCommon.Resize, "SwapFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SwapArea))]
[OutputType(typeof(MemoryChange))]
public sealed class ResizeSwapFileCommand : SwapCmdlet
{
    /// <summary>The swap files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwapAreaCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>How large each is to be: 512MB, 2GiB, a number of bytes.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ByteSize]
    [ValidateRange(1, long.MaxValue)]
    public long Size { get; set; }

    /// <summary>Take also the space that is otherwise left free, and do not look whether what is in the file fits into memory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerPath(Path, path =>
    {
        SwapFileResize plan = SwapFileResize.Plan(Machine, path, Size, IsOn(Force));
        if (Apply(plan) is not null && !IsOn(PassThru))
        {
            Shell.Write(SwapAreas.At(Machine, plan.Path));
        }
    });
}
