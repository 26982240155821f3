using System.Collections;
using System.Globalization;

namespace LinuxMemory.CommandLine;

/// <summary>A value as people read it, on one line.</summary>
internal static class ValueText
{
    private const int MostItems = 16;

    public static string Of(object? value) => value switch
    {
        null => "",
        string text => Clean(text),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IEnumerable items => Join(items),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Clean(value.ToString() ?? ""),
    };

    /// <summary>The text with what would move a terminal's cursor taken out: names and paths come from anybody.</summary>
    public static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter)) : text;

    private static string Join(IEnumerable items)
    {
        string[] texts = DictionaryEntries.Of(items) is IEnumerable<KeyValuePair<object, object?>> entries
            ? [.. entries.Take(MostItems + 1).Select(entry => $"{Of(entry.Key)}={Of(entry.Value)}")]
            : [.. items.Cast<object?>().Take(MostItems + 1).Select(Of)];
        return $"{{{string.Join(", ", texts.Take(MostItems))}{(texts.Length > MostItems ? ", …" : "")}}}";
    }
}
