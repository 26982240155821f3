using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One line of tmpfiles.d that writes into a file.</summary>
internal sealed record TmpfilesLine(string Path, string Value, string File, int Line, bool Appends, string? MaskedBy);

/// <summary>
/// tmpfiles.d: "w! /sys/kernel/mm/ksm/run - - - - 1". Files are sorted and masked as in sysctl.d, but of several lines for one
/// path the first counts; different patterns are applied in their order. Source: tmpfiles.d(5), tmpfiles.c of systemd.
/// </summary>
internal sealed class TmpfilesPlan
{
    private readonly List<TmpfilesLine> _applied = [];

    private TmpfilesPlan(List<TmpfilesLine> lines)
    {
        Lines = lines;
        Dictionary<string, int> first = new(StringComparer.Ordinal);
        foreach (TmpfilesLine line in lines.Where(line => line.MaskedBy is null))
        {
            if (first.TryAdd(line.Path, first.Count) || line.Appends)
            {
                _applied.Add(line);
            }
        }
        // All lines of a path are applied where its first stands.
        _applied = [.. _applied.OrderBy(line => first[line.Path])];
    }

    /// <summary>Every line that writes, in the order in which files are read, those of masked files too.</summary>
    public IReadOnlyList<TmpfilesLine> Lines { get; }

    /// <summary>Reads the plan.</summary>
    public static TmpfilesPlan Read(ConfigurationFiles files)
    {
        List<TmpfilesLine> lines = [];
        foreach (ConfigurationFile file in files.List("tmpfiles.d"))
        {
            using KernelReader? reader = files.Open(file.Path);
            while (reader is not null && reader.ReadLine(out KernelLine line))
            {
                if (Parse(Encoding.UTF8.GetString(line.Text), reader.Name, line.Number, file.MaskedBy) is TmpfilesLine parsed)
                {
                    lines.Add(parsed);
                }
            }
        }
        return new TmpfilesPlan(lines);
    }

    /// <summary>The lines that write a file (relative to the root), with their place in the whole order; the last decides.</summary>
    public IEnumerable<(int Order, TmpfilesLine Line)> WritesOf(string path) =>
        _applied.Select((line, order) => (order, line)).Where(write => PathPattern.Matches(write.line.Path, path));

    /// <summary>All lines that name a file or match it, whether they count or not.</summary>
    public IEnumerable<TmpfilesLine> LinesOf(string path) => Lines.Where(line => PathPattern.Matches(line.Path, path));

    /// <summary>The line as what it writes; null when it writes nothing, or only systemd can know what.</summary>
    public static TmpfilesLine? Parse(string text, string file, int number, string? maskedBy = null)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim(" \t\r");
        if (rest.IsEmpty || rest[0] is '#' or ';')
        {
            return null;
        }
        string action = TakeWord(ref rest);
        string path = TakeWord(ref rest);
        if (action.Length == 0 || action[0] != 'w' || action.AsSpan(1).ContainsAnyExcept("+!-=") || !path.StartsWith('/'))
        {
            return null;
        }
        for (int field = 0; field < 4; field++)
        {
            TakeWord(ref rest);
        }
        string argument = rest.TrimStart(" \t").ToString();
        return argument is "" or "-" ? null
            : new TmpfilesLine(Simplify(path), Unescape(argument), file, number, action.Contains('+', StringComparison.Ordinal), maskedBy);
    }

    private static string Simplify(string path) =>
        string.Join('/', path.Replace("%%", "%", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    // A word ends at a blank outside quotes.
    private static string TakeWord(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(" \t");
        StringBuilder word = new();
        char quote = '\0';
        int i = 0;
        for (; i < rest.Length; i++)
        {
            char c = rest[i];
            if (c == '\\' && i + 1 < rest.Length)
            {
                word.Append(c).Append(rest[++i]);
            }
            else if (quote == '\0' ? c is '"' or '\'' : c == quote)
            {
                quote = quote == '\0' ? c : '\0';
            }
            else if (quote == '\0' && c is ' ' or '\t')
            {
                break;
            }
            else
            {
                word.Append(c);
            }
        }
        rest = rest[i..];
        return Unescape(word.ToString());
    }

    // The escapes of C that make sense in a value; the rest is left as it is.
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }
        return text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal)
            .Replace("\\x20", " ", StringComparison.Ordinal).Replace("\\s", " ", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal);
    }
}
