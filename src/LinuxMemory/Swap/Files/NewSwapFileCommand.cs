using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>New-SwapFile: makes, proves, enables and registers a swap file as one transaction.</summary>
[Cmdlet(VerbsCommon.New, "SwapFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SwapArea))]
[OutputType(typeof(MemoryChange))]
public sealed class NewSwapFileCommand : SwapCmdlet
{
    /// <summary>Where the file is to be. Nothing may have that name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>How large it is to be: 512MB, 2GiB, a number of bytes. One page of it holds the header.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ByteSize]
    [ValidateRange(1, long.MaxValue)]
    public long Size { get; set; }

    /// <summary>0 to 32767: areas with the highest are used first. -1, the default, lets the kernel choose.</summary>
    [Parameter]
    [ValidateRange(-1, 32767)]
    public int Priority { get; set; } = -1;

    /// <summary>A label of at most 16 bytes.</summary>
    [Parameter]
    [SwapLabel]
    public string? Label { get; set; }

    /// <summary>When the kernel tells the device what is free: None (the default), Once when it is enabled, Pages as they become free, or Both.</summary>
    [Parameter]
    public SwapDiscard Discard { get; set; }

    /// <summary>Do not take it into use.</summary>
    [Parameter]
    public SwitchParameter NoEnable { get; set; }

    /// <summary>Add a line to /etc/fstab, with nofail.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Take also the space that is otherwise left free: 5% of the file system, at most 1 GiB.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerPath([Path], path =>
    {
        SwapFileCreation plan = SwapFileCreation.Plan(Machine, new SwapFileRequest
        {
            Path = path,
            Size = Size,
            Label = Label,
            Priority = Priority < 0 ? null : Priority,
            Discard = Discard,
            Enables = !IsOn(NoEnable),
            Persists = IsOn(Persist),
            UsesReserve = IsOn(Force),
        });
        if (Apply(plan) is not null && !IsOn(PassThru))
        {
            Shell.Write(SwapAreas.At(Machine, plan.Path));
        }
    });
}
