using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Lines of a configuration file put back as they were. What changed elsewhere in the file meanwhile stays.</summary>
public sealed record FileTextChange : PlannedChange
{
    /// <summary>The file's path from the machine's root.</summary>
    public required string Path { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override ChangeScope Scope => ChangeScope.Persistent;

    /// <inheritdoc />
    [JsonIgnore]
    public override string? PersistedTo => Target;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => true;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse =>
        this with { OldValue = NewValue, NewValue = OldValue, Edit = Edit.Backwards(), Sentence = null };

    /// <summary>The lines.</summary>
    [JsonInclude]
    internal TextEdit Edit { get; init; } = new() { FirstLine = 0, Before = "", After = "" };

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        byte[]? bytes = machine.TryReadBytes(Path);
        string text = FileLines.Text(bytes);
        return bytes is null == Edit.CreatesFile && Edit.Find(text) >= 0 ? OldValue
            : Edit.Backwards().Find(text) >= 0 ? NewValue
            : "other lines";
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        machine.Edit(Path, Edit.Apply);
        if (Edit.RemovesFile && !machine.Exists(Path))
        {
            foreach (string directory in Enumerable.Reverse(Edit.NewDirectories))
            {
                machine.RemoveEmptyDirectory(directory);
            }
        }
        return Edit.Backwards().Find(FileLines.Text(machine.TryReadBytes(Path))) >= 0
            ? this
            : throw FileLeftAloneException.LinesAreGone(Target);
    }
}
