using System.Text;

namespace LinuxMemory.Commands;

/// <summary>Sentences in the cells of a view: PowerShell itself breaks them in the middle of a word.</summary>
internal static class WrappedText
{
    /// <summary>The text in lines of at most so many characters, broken between words where there is a blank.</summary>
    public static string Of(string? text, int width)
    {
        StringBuilder lines = new();
        ReadOnlySpan<char> rest = text;
        while (rest.Length > width)
        {
            int blank = rest[..(width + 1)].LastIndexOf(' ');
            int end = blank > 0 ? blank : width;
            lines.Append(rest[..end]).Append('\n');
            rest = rest[end..].TrimStart(' ');
        }
        return lines.Append(rest).ToString();
    }
}
