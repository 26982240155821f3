using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Set-SwapArea: gives swap areas another label, UUID or priority.</summary>
[Cmdlet(VerbsCommon.Set, "SwapArea", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class SetSwapAreaCommand : SwapCmdlet
{
    /// <summary>The files or devices.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwapAreaCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>A label of at most 16 bytes; an empty one removes it.</summary>
    [Parameter]
    [SwapLabel]
    public string? Label { get; set; }

    /// <summary>The UUID.</summary>
    [Parameter]
    [SwapUuid]
    public string? Uuid { get; set; }

    /// <summary>0 to 32767: areas with the highest are used first.</summary>
    [Parameter]
    [ValidateRange(0, 32767)]
    public int? Priority { get; set; }

    /// <summary>Write the priority into the line of /etc/fstab that names the area, too.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Do not look whether what is in the area fits into memory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerPath(Path, path => Apply(SwapAreaEdit.Plan(Machine, path, new SwapAreaWish
    {
        Label = Label,
        Uuid = Uuid is { Length: > 0 } ? Uuid : null,
        Priority = Priority,
        Persists = IsOn(Persist),
        SkipsFit = IsOn(Force),
    })));
}
