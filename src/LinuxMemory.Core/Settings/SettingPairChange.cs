using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A value for one of two settings that turn each other off, such as vm.dirty_ratio and vm.dirty_bytes. Taking it back writes
/// the one that was on before, since writing 0 into the other would leave both off.
/// </summary>
public sealed record SettingPairChange : PlannedChange
{
    /// <summary>The setting that becomes 0.</summary>
    public required string Twin { get; init; }

    /// <summary>The absolute path of the twin's file.</summary>
    public required string TwinTarget { get; init; }

    /// <summary>The value that the twin loses.</summary>
    public required string TwinValue { get; init; }

    /// <summary>For a change that brings the twin of a changed setting back: the value that the changed one still has if nobody touched it since.</summary>
    public string? ExpectedTwin { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => OldValue == "0" && TwinValue != "0"
        ? this with
        {
            Setting = Twin, Twin = Setting, Target = TwinTarget, TwinTarget = Target, OldValue = "0", NewValue = TwinValue,
            TwinValue = NewValue ?? "0", ExpectedTwin = NewValue, Sentence = null, Caution = null,
        }
        : this with { OldValue = NewValue, NewValue = OldValue, TwinValue = "0", ExpectedTwin = null, Sentence = null, Caution = null };

    /// <summary>Plans a change of one of a pair.</summary>
    /// <exception cref="KernelException">The present value cannot be read.</exception>
    public static SettingPairChange Plan(Machine machine, string name, string twin, string value)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string old = Value(machine, name);
        string other = Value(machine, twin);
        return new SettingPairChange
        {
            Setting = name,
            Twin = twin,
            Target = machine.Locate(SettingName.ToPath(name)),
            TwinTarget = machine.Locate(SettingName.ToPath(twin)),
            OldValue = old,
            NewValue = value,
            TwinValue = other,
            Sentence = other == "0" ? null : $"Change {name} from {old} to {value}, which turns {twin} off (from {other} to 0)",
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string value = Value(machine, Setting);
        return ExpectedTwin is not null && Value(machine, Twin) is string twin && !KernelValue.AreSame(twin, ExpectedTwin)
            ? $"{value} (and {Twin} is {twin})"
            : value;
    }

    /// <inheritdoc />
    public override PlannedChange AsOf(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return this with { OldValue = Value(machine, Setting), TwinValue = Value(machine, Twin) };
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        machine.Write(SettingName.ToPath(Setting), NewValue + "\n");
        return this with { NewValue = Value(machine, Setting), ExpectedTwin = null };
    }

    private static string Value(Machine machine, string name) => KernelValue.Of(machine.ReadText(SettingName.ToPath(name)));
}
