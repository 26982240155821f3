using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Something that the kernel does when a file is written, such as compaction. There is no value before it, and no way back.</summary>
public record KernelActionChange : PlannedChange
{
    /// <summary>The file's path from the machine's root.</summary>
    public required string Path { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => true;

    /// <inheritdoc />
    [JsonIgnore]
    public sealed override PlannedChange? Reverse => null;

    /// <inheritdoc />
    public override PlannedChange AsOf(Machine machine) => this;

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => NewValue;

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        machine.Write(Path, NewValue + "\n");
        return this;
    }
}
