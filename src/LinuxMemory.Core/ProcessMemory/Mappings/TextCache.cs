using System.Buffers.Binary;
using System.Text;

namespace LinuxMemory;

/// <summary>
/// Makes one object for equal bytes that come again soon: a process maps a file in several pieces, and few sets of flags exist.
/// It has a fixed number of places, so that it stays small whatever is read.
/// </summary>
internal sealed class TextCache<T>(TextCache<T>.Maker make)
    where T : class
{
    private const int Places = 64;

    private readonly (byte[]? Bytes, T? Value)[] _places = new (byte[]?, T?)[Places];

    public delegate T Maker(ReadOnlySpan<byte> text);

    public T this[ReadOnlySpan<byte> text]
    {
        get
        {
            ref (byte[]? Bytes, T? Value) place = ref _places[PlaceOf(text)];
            if (place.Bytes is null || !text.SequenceEqual(place.Bytes))
            {
                place = (text.ToArray(), make(text));
            }
            return place.Value!;
        }
    }

    // Paths differ at the end.
    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        Span<byte> end = stackalloc byte[sizeof(ulong)];
        end.Clear();
        text[^Math.Min(text.Length, end.Length)..].CopyTo(end);
        ulong mixed = unchecked((BinaryPrimitives.ReadUInt64LittleEndian(end) + (ulong)text.Length) * 0x9E3779B97F4A7C15);
        return (int)(mixed >> 58);
    }
}

/// <summary>The kinds of text in a line of maps or smaps.</summary>
internal sealed class MappingTexts
{
    public TextCache<string> Devices { get; } = new(Encoding.UTF8.GetString);

    public TextCache<MappingName> Names { get; } = new(MappingName.Parse);

    public TextCache<MappingFlags> Flags { get; } = new(MappingFlags.Parse);
}
