using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/crypto: blocks of "name         : lzo-rle" and "type         : scomp", with an empty line between them.</summary>
public static class CryptoFile
{
    /// <summary>The names of what compresses, each once, in ordinal order.</summary>
    public static IReadOnlyList<string> Compressors(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        SortedSet<string> names = new(StringComparer.Ordinal);
        string name = "";
        while (reader.ReadLine(out KernelLine line))
        {
            ReadOnlySpan<byte> key = line.TakeFieldOrEmpty();
            if (!line.TrySkip(":"u8))
            {
                continue;
            }
            if (key.SequenceEqual("name"u8))
            {
                name = Encoding.UTF8.GetString(line.TakeFieldOrEmpty());
            }
            else if (key.SequenceEqual("type"u8) && line.TakeFieldOrEmpty() is { IsEmpty: false } type
                && (type.SequenceEqual("compression"u8) || type.SequenceEqual("scomp"u8) || type.SequenceEqual("acomp"u8)) && name.Length > 0)
            {
                names.Add(name);
            }
        }
        return [.. names];
    }
}
