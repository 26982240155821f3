using System.Text.RegularExpressions;

namespace LinuxMemory.Gates;

/// <summary>Compares texts that differ only in markup and in where their lines break.</summary>
internal static partial class Words
{
    /// <summary>A page's text as plain words.</summary>
    public static string OfMarkdown(string markdown) =>
        Of(ListMark().Replace(Mark().Replace(Link().Replace(RelativeLink().Replace(Fence().Replace(markdown, ""), "${text}"), "${text} (${uri})"), ""), ""));

    /// <summary>Words with one space between them.</summary>
    public static string Of(string text) => Space().Replace(ListMark().Replace(text, ""), " ").Trim();

    [GeneratedRegex("(?m)^```\\w*[ \t]*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?!http)[^)]*\)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<uri>http[^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`|\*\*|(?m:^#+ )")]
    private static partial Regex Mark();

    [GeneratedRegex("(?m)^ *- ")]
    private static partial Regex ListMark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
