using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A swap file given another size. While it is out of use a second area of its old size is in use, so that there is never less
/// swap than before. The kernel lets nobody rename or remove a file in use, so the file itself grows or shrinks: at any moment
/// its header fits it, whenever the machine or this process stops.
/// </summary>
public sealed record SwapFileResize : PlannedChange
{
    /// <summary>The file's absolute path on the machine, without links.</summary>
    public required string Path { get; init; }

    /// <summary>The wanted size in bytes, in whole pages.</summary>
    public required long Size { get; init; }

    /// <summary>The size before, in bytes.</summary>
    public required long OldSize { get; init; }

    /// <summary>When the device is told what is free.</summary>
    public SwapDiscard Discard { get; init; }

    /// <summary>True leaves nothing free on the file system and does not look whether what is in the area fits into memory.</summary>
    [JsonIgnore]
    public bool SkipsChecks { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override ChangeScope Scope => ChangeScope.Persistent;

    /// <inheritdoc />
    [JsonIgnore]
    public override string? PersistedTo => Target;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => Size != OldSize;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => this with
    {
        OldValue = NewValue, NewValue = OldValue, Size = OldSize, OldSize = Size, Sentence = null, SkipsChecks = false, Watch = ChangeWatch.None,
    };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? $"Change the size of the {Setting} from {OldValue} to {NewValue}";

    /// <summary>Plans another size for a swap file.</summary>
    /// <exception cref="SwapRefusedException">It is no swap file, or the place has too little space.</exception>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    public static SwapFileResize Plan(Machine machine, string path, long size, bool skipsChecks)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using SwapPlace place = SwapPlace.OpenExisting(machine, path);
        using KernelFile file = place.OpenFile();
        SwapHeader header = SwapAreaCheck.RequireHeader(file, place.Path);
        SwapAreaCheck.RequireUsable(machine, file, header, place.Path);
        long pages = SwapFileCheck.RequireSize(machine, place.Path, size);
        SwapFileResize plan = new()
        {
            Target = machine.Locate(place.Path.TrimStart('/')),
            Setting = SwapFile.SettingOf(place.Path),
            OldValue = SwapFile.ValueOf(header.Size, header.Uuid),
            NewValue = SwapFile.ValueOf(pages, header.Uuid),
            Path = place.Path,
            Size = pages,
            OldSize = header.Size,
            Discard = SwapAreaDiscard.Of(machine, place.Path),
            SkipsChecks = skipsChecks,
        };
        if (!plan.IsNeeded)
        {
            return plan;
        }
        using SwapResizing work = new(machine, plan);
        work.Hold(writes: false);
        return plan with { Sentence = SwapTransaction.Describe($"Change the size of the {plan.Setting} from {plan.OldValue} to {plan.NewValue}", [.. work.Steps(), .. work.LastSteps()]) };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => SwapFile.ReadValue(machine, Path);

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using SwapResizing work = new(machine, this);
        work.Hold(writes: true);
        SwapTransaction.Run(Watch, $"Resizing {Path}", work.Steps());
        work.Finish();
        return this with { NewValue = ReadValue(machine) };
    }
}
