using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Plans lines of /etc/fstab, for swap areas and for mounts alike. Whatever the file holds beside the line stays byte for byte;
/// of a line that is there already only the options change.
/// </summary>
public static class FstabChange
{
    /// <summary>The plan to have this line in the file; none needed when a line says the same already.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    public static ConfigLineChange Add(Machine machine, FstabEntry entry)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(entry);
        ConfigLineChange plan = Plan(machine, entry, Merge(LastLine(machine, entry), entry));
        return plan.OldValue is null ? plan with { Sentence = $"Add the line '{plan.Line}' to {plan.Target}" } : plan;
    }

    /// <summary>The plan to have no line about this in the file: none of the same swap source, or of the same mount point.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    public static ConfigLineChange Remove(Machine machine, FstabEntry entry)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(entry);
        ConfigLineChange plan = Plan(machine, entry, line: null);
        return plan with { Sentence = $"Remove the line '{plan.OldValue}' from {plan.Target}" };
    }

    private static ConfigLineChange Plan(Machine machine, FstabEntry entry, string? line) => new ConfigLineChange
    {
        Path = FstabFile.FilePath,
        Target = machine.Locate(FstabFile.FilePath),
        Setting = $"fstab {(entry.IsSwap ? entry.Source : entry.MountPoint)}",
        Owns = text => IsAbout(text, entry),
        Line = line,
    }.Planned(machine);

    private static bool IsAbout(string line, FstabEntry entry) => FstabFile.TryParseLine(line) is FstabEntry found && found.IsSameAs(entry);

    // The last line counts, as in a ConfigLineChange.
    private static string? LastLine(Machine machine, FstabEntry entry) =>
        FileLines.Split(FileLines.Text(machine.TryReadBytes(FstabFile.FilePath))).Select(FileLines.Content)
            .LastOrDefault(line => IsAbout(FileLines.Decode(line), entry));

    private static string Merge(string? latin, FstabEntry entry)
    {
        string? old = latin is null ? null : FileLines.Decode(latin);
        // Bytes that are no UTF-8 would not survive being read as text.
        if (old is null || FileLines.Encode(old) != latin || FstabFile.TryParseLine(old) is not FstabEntry found
            || found.FileSystem != entry.FileSystem || found.Options.Length == 0)
        {
            return entry.ToLine();
        }
        int start = StartOfOptions(old);
        return AreSame(found.Options, entry.Options) ? old : old[..start] + FstabFile.Escape(entry.Options) + old[EndOfField(old, start)..];
    }

    private static bool AreSame(string options, string others) =>
        options.Split(',').Where(option => option != "defaults").ToHashSet().SetEquals(others.Split(',').Where(option => option != "defaults"));

    private static int StartOfOptions(string line)
    {
        int at = SkipBlanks(line, 0);
        for (int field = 0; field < 3; field++)
        {
            at = SkipBlanks(line, EndOfField(line, at));
        }
        return at;
    }

    private static int SkipBlanks(string line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }
        return at;
    }

    private static int EndOfField(string line, int at)
    {
        int end = line.AsSpan(at).IndexOfAny(' ', '\t');
        return end < 0 ? line.Length : at + end;
    }
}
