using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Values of settings between the kernel's text and the objects that people compare.</summary>
public static class SettingValue
{
    /// <summary>
    /// The value that a text means: a long (a ulong beyond 63 bits), a bool, the chosen word, or the text with single spaces.
    /// Null for an empty text, and for what cannot be read anyway.
    /// </summary>
    public static object? Parse(SettingType type, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = Collapse(text);
        return type switch
        {
            _ when plain.Length == 0 || type == SettingType.Trigger => null,
            SettingType.Number => Number(plain) ?? plain,
            SettingType.Mask => Mask(plain) ?? plain,
            SettingType.Bool => Bool(plain) ?? (object)plain,
            SettingType.List => plain,
            _ => Chosen(plain) ?? Number(plain) ?? plain,
        };
    }

    /// <summary>The words that a kernel offers in "always [madvise] never"; null when the text is no such choice.</summary>
    public static IReadOnlyList<string>? Choices(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = Collapse(text);
        return Chosen(plain) is null ? null : new ReadableList<string>([.. plain.Split(' ').Select(word => word.Trim('[', ']'))]);
    }

    /// <summary>The text that is written into the kernel's file, or into a configuration file, for a value.</summary>
    public static string Format(object value) => value switch
    {
        true => "true",
        false => "false",
        _ => Collapse(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    /// <summary>True when two values are the same setting; null is only the same as null.</summary>
    public static bool AreSame(object? left, object? right) => Equals(left, right);

    private static string? Chosen(string text)
    {
        int start = text.IndexOf('[', StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(']', start);
        return end > start + 1 ? text[(start + 1)..end] : null;
    }

    private static object? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large) ? large : Hexadecimal(text);
    }

    // The kernel takes "0x3c" for 60 wherever it takes a number.
    private static long? Hexadecimal(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) ? number : null;

    // lru_gen/enabled also takes y and n for all and nothing.
    private static object? Mask(string text) => text switch
    {
        "y" or "Y" => 7L,
        "n" or "N" => 0L,
        _ => Number(text),
    };

    // kstrtobool of the kernel looks at the first letter, and at the second after an o.
    private static bool? Bool(string text) => text switch
    {
        ['y' or 'Y' or 't' or 'T' or '1', ..] or ['o' or 'O', 'n' or 'N', ..] => true,
        ['n' or 'N' or 'f' or 'F' or '0', ..] or ['o' or 'O', 'f' or 'F', ..] => false,
        _ => null,
    };

    private static string Collapse(string text) =>
        text.AsSpan().IndexOfAny(" \t\r\n") < 0 ? text : string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
