using System.Buffers.Text;
using System.Text;

namespace LinuxMemory.Kernel;

/// <summary>
/// One line of a kernel file. Fields are taken from the left; each Take removes what it returns and the blanks before it.
/// It is the only thing that makes a format error, since only it knows file, line number and text.
/// </summary>
public ref struct KernelLine
{
    private readonly string _file;
    private readonly int _number;
    private readonly ReadOnlySpan<byte> _text;
    private ReadOnlySpan<byte> _rest;

    internal KernelLine(string file, int number, ReadOnlySpan<byte> text)
    {
        _file = file;
        _number = number;
        _text = text;
        _rest = text;
    }

    /// <summary>The whole line without its end.</summary>
    public readonly ReadOnlySpan<byte> Text => _text;

    /// <summary>What has not been taken yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The line's number, from 1.</summary>
    public readonly int Number => _number;

    /// <summary>True when nothing but blanks is left.</summary>
    public readonly bool IsAtEnd => _rest.Trim(" \t"u8).IsEmpty;

    /// <summary>The next field as UTF-8, up to a blank. A line without one is malformed.</summary>
    public ReadOnlySpan<byte> TakeField()
    {
        ReadOnlySpan<byte> field = TakeFieldOrEmpty();
        return field.IsEmpty ? throw Malformed("one more field") : field;
    }

    /// <summary>The next field as UTF-8, or nothing at the end of the line.</summary>
    public ReadOnlySpan<byte> TakeFieldOrEmpty()
    {
        SkipBlanks();
        int end = 0;
        while (end < _rest.Length && _rest[end] is not ((byte)' ' or (byte)'\t'))
        {
            end++;
        }
        return Take(end);
    }

    /// <summary>The next field as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string TakeText() => Encoding.UTF8.GetString(TakeField());

    /// <summary>The next field as a path, with the kernel's octal escapes (\040 for a space) undone.</summary>
    public string TakePath() => OctalEscape.Undo(TakeField());

    /// <summary>Everything up to the separator, which is taken too. A line without the separator is malformed.</summary>
    public ReadOnlySpan<byte> TakeUntil(byte separator)
    {
        int end = _rest.IndexOf(separator);
        if (end < 0)
        {
            throw Malformed($"a '{(char)separator}'");
        }
        ReadOnlySpan<byte> field = _rest[..end];
        _rest = _rest[(end + 1)..];
        return field;
    }

    /// <summary>A decimal number that fits a long.</summary>
    public long TakeInt64()
    {
        SkipBlanks();
        if (!Utf8Parser.TryParse(_rest, out long value, out int length) || !EndsField(length))
        {
            throw Malformed("a whole number of at most 63 bits");
        }
        _rest = _rest[length..];
        return value;
    }

    /// <summary>A decimal number that fits an int.</summary>
    public int TakeInt32()
    {
        SkipBlanks();
        if (!Utf8Parser.TryParse(_rest, out int value, out int length) || !EndsField(length))
        {
            throw Malformed("a whole number of at most 31 bits");
        }
        _rest = _rest[length..];
        return value;
    }

    /// <summary>A decimal number of up to 64 bits, without a sign.</summary>
    public ulong TakeUInt64()
    {
        SkipBlanks();
        if (!Utf8Parser.TryParse(_rest, out ulong value, out int length) || !EndsField(length))
        {
            throw Malformed("a whole number of at most 64 bits");
        }
        _rest = _rest[length..];
        return value;
    }

    /// <summary>A decimal number with a fraction, such as the 0.25 of /proc/pressure.</summary>
    public double TakeDouble()
    {
        SkipBlanks();
        if (!Utf8Parser.TryParse(_rest, out double value, out int length) || !EndsField(length) || !double.IsFinite(value))
        {
            throw Malformed("a number");
        }
        _rest = _rest[length..];
        return value;
    }

    /// <summary>A hexadecimal number without 0x, up to the separator or, with 0, up to a blank or the line's end.</summary>
    public ulong TakeHex(byte separator = 0)
    {
        SkipBlanks();
        ulong value = 0;
        int length = 0;
        for (; length < _rest.Length && length <= 16; length++)
        {
            int digit = HexDigit(_rest[length]);
            if (digit < 0)
            {
                break;
            }
            value = unchecked((value << 4) | (uint)digit);
        }
        bool ends = separator == 0 ? EndsField(length) : length < _rest.Length && _rest[length] == separator;
        if (length is 0 or > 16 || !ends)
        {
            throw Malformed(separator == 0 ? "a hexadecimal number" : $"a hexadecimal number and '{(char)separator}'");
        }
        _rest = _rest[(separator == 0 ? length : length + 1)..];
        return value;
    }

    /// <summary>A number of KiB without unit, as bytes.</summary>
    public long TakeKibibytes()
    {
        long value = TakeInt64();
        return value is >= 0 and <= (long.MaxValue >> 10) ? value << 10 : throw Malformed("a size that fits 63 bits in bytes");
    }

    /// <summary>A number with the unit kB behind it, as bytes. The kernel writes kB and means 1024 bytes.</summary>
    public long TakeSize()
    {
        long bytes = TakeKibibytes();
        TakeUnit();
        return bytes;
    }

    /// <summary>A number of pages, as bytes.</summary>
    public long TakePages(int pageSize)
    {
        long value = TakeInt64();
        return value >= 0 && value <= long.MaxValue / pageSize ? value * pageSize : throw Malformed("a number of pages that fits 63 bits in bytes");
    }

    /// <summary>The unit kB; anything else is malformed.</summary>
    public void TakeUnit()
    {
        if (!TakeFieldOrEmpty().SequenceEqual("kB"u8))
        {
            throw Malformed("the unit kB");
        }
    }

    /// <summary>A list of small numbers as the kernel writes CPUs and nodes: "0-3,8"; an empty line is an empty list.</summary>
    public int[] TakeNumbers()
    {
        // No machine has more CPUs; a garbled range must not fill memory.
        const int most = 65536;
        List<int> numbers = [];
        while (!IsAtEnd)
        {
            int first = TakeInt32();
            int last = TrySkip("-"u8) ? TakeInt32() : first;
            if (first < 0 || last < first || last >= most || numbers.Count + (last - first) > most)
            {
                throw Malformed("a list of numbers such as 0-3,8");
            }
            numbers.AddRange(Enumerable.Range(first, last - first + 1));
            TrySkip(","u8);
        }
        return [.. numbers];
    }

    /// <summary>Takes a literal text that must come next, after blanks.</summary>
    public void Expect(ReadOnlySpan<byte> literal)
    {
        SkipBlanks();
        if (!_rest.StartsWith(literal))
        {
            throw Malformed($"'{Encoding.UTF8.GetString(literal)}'");
        }
        _rest = _rest[literal.Length..];
    }

    /// <summary>Takes the literal when it comes next, after blanks, and says whether it did.</summary>
    public bool TrySkip(ReadOnlySpan<byte> literal)
    {
        SkipBlanks();
        if (!_rest.StartsWith(literal))
        {
            return false;
        }
        _rest = _rest[literal.Length..];
        return true;
    }

    /// <summary>Drops blanks at the left.</summary>
    public void SkipBlanks()
    {
        int start = 0;
        while (start < _rest.Length && _rest[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }
        _rest = _rest[start..];
    }

    /// <summary>The error for this line: <c>throw line.Malformed("the unit kB");</c></summary>
    public readonly KernelFormatException Malformed(string expected) =>
        new(_file, _number, expected, Quote(_text));

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> field = _rest[..length];
        _rest = _rest[length..];
        return field;
    }

    // A number ends at a blank, at the line's end, or at the punctuation that some files put behind it.
    private readonly bool EndsField(int length) =>
        length == _rest.Length || _rest[length] is (byte)' ' or (byte)'\t' or (byte)',' or (byte)')' or (byte)':' or (byte)'/' or (byte)'-';

    private static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    internal static string Quote(ReadOnlySpan<byte> text)
    {
        const int limit = 120;
        string cut = Encoding.UTF8.GetString(text[..Math.Min(text.Length, limit)]);
        StringBuilder quoted = new("'");
        foreach (char c in cut)
        {
            // A hostile file must not send control codes to the terminal that shows the error.
            quoted.Append(char.IsControl(c) ? '\uFFFD' : c);
        }
        return quoted.Append(text.Length > limit ? "…'" : "'").ToString();
    }
}
