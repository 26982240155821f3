using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One line of a sysctl.d file.</summary>
internal sealed class SysctlLine
{
    /// <summary>The key as a path under proc/sys, "vm/swappiness"; may hold a pattern.</summary>
    public required string Key { get; init; }

    /// <summary>The key as a path before doubled slashes are made one: procps does not see that both mean one file.</summary>
    public required string RawKey { get; init; }

    /// <summary>The value; null for "-key", which keeps patterns from setting the key.</summary>
    public string? Value { get; init; }

    /// <summary>The absolute path of the file.</summary>
    public required string File { get; init; }

    /// <summary>The line's number, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The file that hides this line's file; null when it is read.</summary>
    public string? MaskedBy { get; init; }

    /// <summary>True when the key is a pattern.</summary>
    public bool IsPattern => PathPattern.IsOne(Key);
}

/// <summary>sysctl.d: "vm.swappiness = 10", "-net/ipv4/conf/eth0.1/forwarding = 1", "-vm.swappiness", "# comment". Source: sysctl.d(5).</summary>
internal static class SysctlFile
{
    /// <summary>The lines that systemd-sysctl understands; others it ignores with a warning in the journal.</summary>
    public static IReadOnlyList<SysctlLine> Parse(KernelReader reader, string? maskedBy = null)
    {
        List<SysctlLine> lines = [];
        while (reader.ReadLine(out KernelLine line))
        {
            if (Parse(Encoding.UTF8.GetString(line.Text), reader.Name, line.Number, maskedBy) is SysctlLine parsed)
            {
                lines.Add(parsed);
            }
        }
        return lines;
    }

    /// <summary>The key as systemd and procps take it: when the first separator is a dot, dots are slashes and slashes dots.</summary>
    public static string Normalize(string key) => Simplify(SwapWhereDotted(key));

    private static string SwapWhereDotted(string key)
    {
        int first = key.AsSpan().IndexOfAny('.', '/');
        return first >= 0 && key[first] == '.' ? SettingName.Swap(key) : key;
    }

    private static string Simplify(string path) =>
        string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    /// <summary>One line; null for a comment, a blank line and what is no assignment.</summary>
    public static SysctlLine? Parse(string line, string file, int number, string? maskedBy = null)
    {
        string text = line.Trim(' ', '\t', '\r');
        if (text.Length == 0 || text[0] is '#' or ';')
        {
            return null;
        }
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        bool hasDash = text[0] == '-';
        if (equals < 0 && !hasDash)
        {
            return null;
        }
        string key = SwapWhereDotted(text[(hasDash ? 1 : 0)..(equals < 0 ? text.Length : Math.Max(equals, hasDash ? 1 : 0))].Trim(' ', '\t'));
        return new SysctlLine
        {
            Key = Simplify(key),
            RawKey = key,
            Value = equals < 0 ? null : text[(equals + 1)..].Trim(' ', '\t'),
            File = file,
            Line = number,
            MaskedBy = maskedBy,
        };
    }
}
