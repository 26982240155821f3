using System.Collections;
using System.Globalization;
using System.Text;

namespace LinuxMemory.Commands;

/// <summary>Cells of the views of <see cref="ProcessMemoryBytes"/> and <see cref="ProcessMemoryMatch"/>.</summary>
public static class ProcessMemoryBytesText
{
    private const int Row = 16;
    private const int Preview = 32;

    /// <summary>The bytes in rows of 16, address, hexadecimal and characters, as Format-Hex shows them.</summary>
    public static string Hex(object piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        byte[] bytes = BytesOf(piece);
        ulong address = Shown.Address(piece, nameof(ProcessMemoryBytes.Address)) ?? 0;
        StringBuilder text = new(bytes.Length / Row * 84);
        for (int start = 0; start < bytes.Length; start += Row)
        {
            ReadOnlySpan<byte> row = bytes.AsSpan(start, Math.Min(Row, bytes.Length - start));
            text.Append(start == 0 ? "" : "\n").Append(unchecked(address + (ulong)start).ToString("x12", CultureInfo.InvariantCulture)).Append(' ');
            for (int i = 0; i < Row; i++)
            {
                text.Append(' ').Append(i < row.Length ? row[i].ToString("X2", CultureInfo.InvariantCulture) : "  ");
            }
            text.Append("  ").Append(Characters(row));
        }
        return text.ToString();
    }

    /// <summary>The characters from a place on, with a dot for what is none.</summary>
    public static string Characters(object match)
    {
        ArgumentNullException.ThrowIfNull(match);
        byte[] bytes = BytesOf(match);
        return Characters(bytes.AsSpan(0, Math.Min(Preview, bytes.Length)));
    }

    /// <summary>The file's name, the kernel's label, or else the kind.</summary>
    public static string Mapping(object match) => ProcessPageText.Mapping(match);

    private static string Characters(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Math.Max(Row, Preview)];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.';
        }
        return new string(text[..bytes.Length]);
    }

    private static byte[] BytesOf(object piece) => Shown.Value(piece, nameof(ProcessMemoryBytes.Bytes)) switch
    {
        byte[] bytes => bytes,
        IEnumerable items => [.. items.Cast<object>().Select(item => Convert.ToByte(item, CultureInfo.InvariantCulture))],
        _ => [],
    };
}
