using System.Text.RegularExpressions;

namespace LinuxMemory;

/// <summary>Puts the parts of rotated logs in order: "messages-20261101.gz", "messages-20261108", "messages"; "kern.log.2.gz", "kern.log.1", "kern.log".</summary>
internal static partial class LogSets
{
    /// <summary>The sets in the order in which they are first named, each oldest part first. A file named twice counts once.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<string> paths) =>
        [.. paths.Distinct().GroupBy(path => Split(path).Base).Select(set => (IReadOnlyList<string>)[.. set.OrderBy(path => Split(path).Order, StringComparer.Ordinal)])];

    // Dates come first, then numbers from the highest, then the log itself.
    private static (string Base, string Order) Split(string path)
    {
        Match match = Rotated().Match(path);
        string suffix = match.Groups["suffix"].Value;
        string order = match.Groups["date"] is { Success: true } date ? "0" + date.Value
            : match.Groups["number"] is { Success: true } number && int.TryParse(number.Value, out int age) ? "1" + (int.MaxValue - age).ToString("D10", System.Globalization.CultureInfo.InvariantCulture)
            : "2";
        return (path[..^suffix.Length], order);
    }

    [GeneratedRegex(@"(?<suffix>(?:[.-](?:(?<date>\d{8}(?:[-T_]?\d{0,6})?)|(?<number>\d{1,4})))?(?:\.(?:gz|xz|zst|bz2))?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rotated();
}
