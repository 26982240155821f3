using System.Text.Json.Serialization;

namespace LinuxMemory;

/// <summary>A run of lines of one file replaced by another run. Texts are Latin-1, so that bytes survive the journal.</summary>
internal sealed record TextEdit
{
    /// <summary>The number of the first line, from 0.</summary>
    public required int FirstLine { get; init; }

    /// <summary>The lines before, with their ends.</summary>
    public required string Before { get; init; }

    /// <summary>The lines after, with their ends.</summary>
    public required string After { get; init; }

    /// <summary>True when the file was absent before.</summary>
    public bool CreatesFile { get; init; }

    /// <summary>True when the file is to be gone once nothing is left in it.</summary>
    public bool RemovesFile { get; init; }

    /// <summary>The directories that were made for the file, outermost first, from the machine's root.</summary>
    public string[] NewDirectories { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Before == After && !CreatesFile && !RemovesFile;

    public static TextEdit Between(List<string> before, List<string> after, bool createsFile)
    {
        int start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start])
        {
            start++;
        }
        int same = 0;
        while (same < before.Count - start && same < after.Count - start && before[^(same + 1)] == after[^(same + 1)])
        {
            same++;
        }
        return new TextEdit
        {
            FirstLine = start,
            Before = string.Concat(before[start..^same]),
            After = string.Concat(after[start..^same]),
            CreatesFile = createsFile && after.Count > 0,
        };
    }

    public TextEdit Backwards() => this with { Before = After, After = Before, CreatesFile = RemovesFile, RemovesFile = CreatesFile };

    /// <summary>The change that takes the edit back.</summary>
    public FileTextChange Reverse(ConfigLineChange change) => new()
    {
        Target = change.Target,
        Setting = change.Setting,
        OldValue = change.NewValue,
        NewValue = change.OldValue,
        Path = change.Path,
        Edit = Backwards(),
    };

    /// <summary>Where the lines before now stand in a text: where they were, else the only place that has them; -1 when they are gone.</summary>
    public int Find(string text)
    {
        List<string> lines = FileLines.Split(text);
        List<int> starts = [0];
        foreach (string line in lines)
        {
            starts.Add(starts[^1] + line.Length);
        }
        if (FirstLine < starts.Count && Fits(text, starts[FirstLine]))
        {
            return starts[FirstLine];
        }
        if (Before.Length == 0)
        {
            return starts[Math.Min(FirstLine, lines.Count)];
        }
        int[] found = [.. starts.Where(start => Fits(text, start))];
        return found.Length == 1 ? found[0] : -1;
    }

    /// <summary>The file's bytes with the lines replaced; null when the file is to be gone.</summary>
    /// <returns>The same bytes when the lines are not there.</returns>
    public byte[]? Apply(byte[]? bytes)
    {
        string text = FileLines.Text(bytes);
        int at = Find(text);
        if (at < 0)
        {
            return bytes;
        }
        string changed = text[..at] + After + text[(at + Before.Length)..];
        return RemovesFile && changed.Length == 0 ? null : FileLines.Bytes(changed);
    }

    // A last line without an end is no beginning of a longer line.
    private bool Fits(string text, int start) =>
        string.CompareOrdinal(text, start, Before, 0, Before.Length) == 0
        && (Before.Length == 0 || Before[^1] == '\n' || start + Before.Length == text.Length);
}
