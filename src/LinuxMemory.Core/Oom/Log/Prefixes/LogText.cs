using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LinuxMemory;

/// <summary>Small steps through a line of a log, which may hold anything: nothing here throws.</summary>
internal static class LogText
{
    /// <summary>The text without the blanks at its left.</summary>
    public static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text) => text.TrimStart(" \t"u8);

    /// <summary>Takes a literal that must come next.</summary>
    public static bool TrySkip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal)
    {
        if (!text.StartsWith(literal))
        {
            return false;
        }
        text = text[literal.Length..];
        return true;
    }

    /// <summary>Takes a number, which may have a sign and blanks before it.</summary>
    public static bool TryTakeNumber(ref ReadOnlySpan<byte> text, out long value)
    {
        ReadOnlySpan<byte> rest = SkipBlanks(text);
        if (!Utf8Parser.TryParse(rest, out value, out int length))
        {
            return false;
        }
        text = rest[length..];
        return true;
    }

    /// <summary>The same for what fits an int.</summary>
    public static bool TryTakeNumber(ref ReadOnlySpan<byte> text, out int value)
    {
        ReadOnlySpan<byte> rest = SkipBlanks(text);
        if (!Utf8Parser.TryParse(rest, out value, out int length))
        {
            return false;
        }
        text = rest[length..];
        return true;
    }

    /// <summary>Takes a word up to a blank; nothing at the end.</summary>
    public static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> text)
    {
        text = SkipBlanks(text);
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..];
        return word;
    }

    /// <summary>The number right behind a label; false when the label or the number is not there.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out long value)
    {
        int at = text.IndexOf(label);
        value = 0;
        return at >= 0 && Utf8Parser.TryParse(text[(at + label.Length)..], out value, out int _);
    }

    /// <summary>What stands behind a label up to the ending, or to the line's end; null without the label.</summary>
    public static string? Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ending)
    {
        int at = text.IndexOf(label);
        if (at < 0)
        {
            return null;
        }
        ReadOnlySpan<byte> value = text[(at + label.Length)..];
        int end = value.IndexOf(ending);
        return Plain(end < 0 ? value : value[..end]);
    }

    /// <summary>
    /// A name or a path as text. The kernel's log writes a backslash and what is no printable ASCII as \x0a, which is undone. Other
    /// printable bytes are never written so: "\x2d" is part of the name of a unit of systemd.
    /// </summary>
    public static string Plain(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\\x"u8) < 0)
        {
            return Encoding.UTF8.GetString(text);
        }
        byte[] plain = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x'
                && Utf8Parser.TryParse(text.Slice(i + 2, 2), out byte value, out int digits, 'x') && digits == 2
                && value is < 0x20 or >= 0x7f or (byte)'\\')
            {
                plain[length++] = value;
                i += 3;
            }
            else
            {
                plain[length++] = text[i];
            }
        }
        return Encoding.UTF8.GetString(plain, 0, length);
    }

    /// <summary>KiB as bytes; null when they are negative or do not fit.</summary>
    public static long? Kibibytes(long value) => Units(value, 1024);

    /// <summary>So many units of a size as bytes; null when they are negative or do not fit.</summary>
    public static long? Units(long? value, long size) => value is >= 0 && value <= long.MaxValue / size ? value * size : null;

    /// <summary>A mask as the kernel writes it.</summary>
    public static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
