using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A line of a configuration file set, added or removed. Only the line that is ours changes; every other byte stays, and the
/// way back restores the line exactly, in whatever the file has become meanwhile.
/// </summary>
public sealed record ConfigLineChange : PlannedChange
{
    /// <summary>The file's path from the machine's root.</summary>
    public required string Path { get; init; }

    /// <summary>Says whether a line, without its end, is the one that sets this. Where several do, the last counts, as it does for who reads the file.</summary>
    [JsonIgnore]
    public required Func<string, bool> Owns { get; init; }

    /// <summary>The line to write, without an end; null removes every line that is ours.</summary>
    public required string? Line { get; init; }

    /// <summary>The value that a line sets, as the user would write it; the line itself where this is not given.</summary>
    [JsonIgnore]
    public Func<string, string>? ValueOf { get; init; }

    /// <summary>Lines at the top of a file that we make, without the last end; null for none.</summary>
    public string? Header { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override ChangeScope Scope => ChangeScope.Persistent;

    /// <inheritdoc />
    [JsonIgnore]
    public override string? PersistedTo => Target;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => Edit is not null;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => Edit?.Reverse(this);

    /// <summary>What changes in the file, as it was when the change was planned or made; null when nothing does.</summary>
    internal TextEdit? Edit { get; init; }

    /// <summary>Completes a plan with what the file says now: <c>new ConfigLineChange { ... }.Planned(machine)</c>.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    public ConfigLineChange Planned(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        byte[]? bytes = machine.TryReadBytes(Path);
        return this with
        {
            OldValue = ValueIn(FileLines.Text(bytes)),
            NewValue = Line is null ? null : Value(Line),
            Edit = Change(bytes) with { NewDirectories = [.. machine.MissingDirectories(Path)] } is { IsEmpty: false } edit ? edit : null,
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return ValueIn(FileLines.Text(machine.TryReadBytes(Path)));
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string[] missing = [.. machine.MissingDirectories(Path)];
        TextEdit? made = null;
        string? oldValue = OldValue;
        machine.Edit(Path, bytes =>
        {
            made = Change(bytes) with { NewDirectories = missing };
            oldValue = ValueIn(FileLines.Text(bytes));
            return made.Apply(bytes);
        });
        return this with { Edit = made, OldValue = oldValue, NewValue = ReadValue(machine) };
    }

    private string Value(string line) => ValueOf is null ? line : ValueOf(line);

    private string? ValueIn(string text) =>
        FileLines.Split(text).Select(line => FileLines.Decode(FileLines.Content(line))).LastOrDefault(Owns) is string line ? Value(line) : null;

    private TextEdit Change(byte[]? bytes)
    {
        List<string> lines = FileLines.Split(FileLines.Text(bytes));
        List<string> changed = [.. lines];
        int last = lines.FindLastIndex(IsOurs);
        if (Line is null)
        {
            changed.RemoveAll(IsOurs);
            // A file keeps its way of ending lines, also that of not ending the last one; an empty line is nothing but its end.
            if (last >= 0 && last == lines.Count - 1 && FileLines.End(lines[last]).Length == 0 && changed.Count > 0 && FileLines.Content(changed[^1]).Length > 0)
            {
                changed[^1] = FileLines.Content(changed[^1]);
            }
        }
        else if (last >= 0)
        {
            changed[last] = FileLines.Encode(Line) + FileLines.End(lines[last]);
        }
        else
        {
            Append(changed, bytes is null);
        }
        return TextEdit.Between(lines, changed, createsFile: bytes is null);
    }

    private bool IsOurs(string line) => Owns(FileLines.Decode(FileLines.Content(line)));

    // A file keeps its way of ending lines, also that of not ending the last one.
    private void Append(List<string> lines, bool isNew)
    {
        if (isNew && Header is not null)
        {
            lines.AddRange(Header.Split('\n').Select(line => FileLines.Encode(line) + "\n"));
        }
        string end = lines.Count == 0 ? "\n" : FileLines.End(lines[0]) is { Length: > 0 } first ? first : "\n";
        bool endsOpen = lines.Count > 0 && FileLines.End(lines[^1]).Length == 0;
        if (endsOpen)
        {
            lines[^1] += end;
        }
        lines.Add(FileLines.Encode(Line!) + (endsOpen ? "" : end));
    }
}
