using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A value written into a kernel file, such as proc/sys/vm/swappiness, until the next restart.</summary>
public sealed record KernelFileChange : PlannedChange
{
    /// <summary>The file's path from the machine's root.</summary>
    public required string Path { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => OldValue is null
        ? null
        : this with { OldValue = NewValue, NewValue = OldValue, Sentence = null, IsGrave = false, Caution = null };

    /// <summary>Plans a change of one kernel file, whose present value is read.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    public static KernelFileChange Plan(Machine machine, string path, string setting, string value)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new KernelFileChange
        {
            Path = path,
            Target = machine.Locate(path),
            Setting = setting,
            OldValue = KernelValue.Of(machine.ReadText(path)),
            NewValue = value,
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return KernelValue.Of(machine.ReadText(Path));
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        machine.Write(Path, NewValue + "\n");
        return this with { NewValue = ReadValue(machine) };
    }
}
