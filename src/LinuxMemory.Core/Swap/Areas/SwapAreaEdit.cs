using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Another UUID, label or priority for a swap area. One in use is taken out of use for that, and into use again.</summary>
public sealed record SwapAreaEdit : PlannedChange
{
    /// <summary>The area's absolute path on the machine, as /proc/swaps shows it.</summary>
    public required string Path { get; init; }

    /// <summary>The UUID that it is to have; null for none.</summary>
    public string? Uuid { get; init; }

    /// <summary>The label that it is to have; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>The priority that it is to have, 0 to 32767; null lets the kernel choose.</summary>
    public int? Priority { get; init; }

    /// <summary>When the device is told what is free: as before. Null for an area that is not in use.</summary>
    public SwapDiscard? Discard { get; init; }

    /// <summary>True writes the priority into the area's line of fstab, too.</summary>
    public bool Persists { get; init; }

    /// <summary>True does not look whether what is in the area fits into memory.</summary>
    [JsonIgnore]
    public bool SkipsFit { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override ChangeScope Scope => ChangeScope.Persistent;

    /// <inheritdoc />
    [JsonIgnore]
    public override string? PersistedTo => Target;

    /// <summary>True also where only the line of fstab says otherwise.</summary>
    [JsonIgnore]
    public override bool IsNeeded => base.IsNeeded || ChangesFstab || FstabLines is { Length: > 0 };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? $"Change the {Setting} from {OldValue} to {NewValue}";

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => Before is null ? null : Before with { OldValue = NewValue, NewValue = OldValue, FstabLines = FstabBack };

    [JsonIgnore]
    internal bool ChangesFstab { get; init; }

    /// <summary>The same for what the area was before.</summary>
    [JsonInclude]
    internal SwapAreaEdit? Before { get; init; }

    /// <summary>Lines of fstab that this change puts back, in the place of working them out.</summary>
    [JsonInclude]
    internal FileTextChange[]? FstabLines { get; init; }

    [JsonInclude]
    internal FileTextChange[]? FstabBack { get; init; }

    /// <summary>Plans it for an area.</summary>
    /// <exception cref="SwapRefusedException">It is no swap area, or what is in it does not fit into memory.</exception>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    /// <exception cref="FormatException">The label does not fit, or the UUID is none.</exception>
    public static SwapAreaEdit Plan(Machine machine, string path, SwapAreaWish wish)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(wish);
        SwapHeader.LabelBytes(wish.Label);
        SwapHeader.UuidBytes(wish.Uuid);
        using SwapAreaHold area = SwapAreaUse.Hold(machine, path);
        SwapHeader header = SwapAreaCheck.RequireHeader(area.File, area.Path);
        SwapAreaCheck.RequireUsable(machine, area.File, header, area.Path);
        ActiveSwap? active = area.State;
        int? priority = active?.Priority >= 0 ? active.Priority : null;
        if (wish.Priority is not null && active is null && !wish.Persists)
        {
            throw new SwapRefusedException(SwapProblem.AreaNotFound, Errno.EINVAL, area.Path, $"{area.Path} is not in use, so it has no priority. Enable-SwapArea -Priority takes it into use with one.");
        }
        SwapAreaEdit before = new()
        {
            Target = machine.Locate(area.Path.TrimStart('/')),
            Setting = SwapAreaUse.SettingOf(area.Path),
            Path = area.Path,
            Uuid = header.Uuid,
            Label = header.Label,
            Priority = priority,
            Discard = active is null ? null : SwapAreaDiscard.Of(machine, area.Path),
            Persists = wish.Persists,
        };
        SwapAreaEdit plan = before with
        {
            OldValue = ValueOf(header.Uuid, header.Label, active),
            Uuid = wish.Uuid ?? header.Uuid,
            Label = wish.Label is null ? header.Label : wish.Label.Length == 0 ? null : wish.Label,
            Priority = wish.Priority is int wanted ? wanted : priority,
            SkipsFit = wish.SkipsFit,
            Before = before,
        };
        plan = plan with { NewValue = ValueOf(plan.Uuid, plan.Label, active is null ? null : active with { Priority = plan.Priority ?? -1 }) };
        if (active is not null && plan.IsNeeded && !wish.SkipsFit)
        {
            SwapFit.Require(machine, active);
        }
        using SwapAreaEditing work = new(machine, plan, area.Path);
        List<SwapStep> steps = work.Steps(active);
        string what = plan.IsNeeded ? $"Change the {plan.Setting} from {plan.OldValue} to {plan.NewValue}" : $"Change the boot of the {plan.Setting}";
        return plan with { ChangesFstab = steps.Count > 0, Sentence = SwapTransaction.Describe(what, steps) };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        try
        {
            using SwapAreaHold area = SwapAreaUse.Hold(machine, Path);
            SwapHeader? header = SwapHeader.Read(area.File);
            return header is null ? null : ValueOf(header.Uuid, header.Label, area.State);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using SwapAreaEditing work = new(machine, this, Path);
        ActiveSwap? active = work.Hold();
        SwapTransaction.Run(Watch, $"Changing {Path}", work.Steps(active));
        return this with { NewValue = ReadValue(machine), FstabBack = [.. work.FstabBack] };
    }

    private static string ValueOf(string? uuid, string? label, ActiveSwap? active) =>
        $"UUID={uuid ?? "none"}, {(label is null ? "no label" : $"label '{label}'")}, "
        + (active is null ? "not in use" : SwapAreaUse.ValueOf(active.Priority >= 0 ? active.Priority : null));
}

/// <summary>What is to be different about a swap area; null leaves as it is.</summary>
public sealed record SwapAreaWish
{
    /// <summary>The UUID.</summary>
    public string? Uuid { get; init; }

    /// <summary>The label; empty for none.</summary>
    public string? Label { get; init; }

    /// <summary>The priority, 0 to 32767.</summary>
    public int? Priority { get; init; }

    /// <summary>True writes the priority into the area's line of fstab, too.</summary>
    public bool Persists { get; init; }

    /// <summary>True does not look whether what is in the area fits into memory.</summary>
    public bool SkipsFit { get; init; }
}
