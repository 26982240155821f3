using System.Globalization;

namespace LinuxMemory;

/// <summary>Values as kernel files show them.</summary>
public static class KernelValue
{
    /// <summary>The value in a kernel file's text: the word in brackets where there is one ("always [madvise] never"), else the text with single blanks.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOf('[', StringComparison.Ordinal);
        int close = open < 0 ? -1 : text.IndexOf(']', open);
        return close > open + 1 ? text[(open + 1)..close] : Plain(text);
    }

    /// <summary>True when two values mean the same to the kernel: blanks count as one, 0x10 is 16, Y is 1.</summary>
    public static bool AreSame(string? one, string? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }
        string left = Plain(one);
        string right = Plain(other);
        return left == right || (Number(left) is long value && value == Number(right));
    }

    private static string Plain(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static long? Number(string text)
    {
        if (text is "Y" or "N")
        {
            return text == "Y" ? 1 : 0;
        }
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return long.TryParse(isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out long value) ? value : null;
    }
}
