using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The shape of a mapping's lines in one smaps. "Rss:                 892 kB": kernels pad the key to 16 and the number to 8 columns and print all
/// mappings alike, so that a line is known by comparing it with the one that came at its place before.
/// </summary>
internal sealed class SmapsLayout
{
    private const int KeyWidth = 16;
    private const int NumberWidth = 8;
    private const int LineWidth = KeyWidth + NumberWidth + 3;

    private readonly KeyTable _keys;
    private readonly byte[][] _padded;

    // Which key came behind a key; the first place is the one behind the header.
    private readonly int[] _followers;
    private int _last;
    private int _next;

    public SmapsLayout(KeyTable keys)
    {
        _keys = keys;
        _padded = [.. Enumerable.Range(0, SmapsSizes.Count).Select(i => Encoding.UTF8.GetBytes((keys[i] + ":").PadRight(KeyWidth)))];
        _followers = [.. Enumerable.Range(0, keys.Count + 1)];
    }

    /// <summary>A new mapping begins.</summary>
    public void Restart()
    {
        _last = -1;
        _next = 0;
    }

    /// <summary>A line that is just as expected: its key and its size in bytes. False for any other, which is then taken apart.</summary>
    public bool TryTakeSize(ReadOnlySpan<byte> line, out int key, out long bytes)
    {
        key = _followers[_last + 1];
        bytes = 0;
        if (line.Length != LineWidth || key >= _padded.Length || !line[..KeyWidth].SequenceEqual(_padded[key]) || !line.EndsWith(" kB"u8))
        {
            return false;
        }
        long kibibytes = 0;
        bool blank = true;
        foreach (byte c in line.Slice(KeyWidth, NumberWidth))
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                kibibytes = unchecked((kibibytes * 10) + (c - '0'));
                blank = false;
            }
            else if (c != ' ' || !blank)
            {
                return false;
            }
        }
        bytes = kibibytes << 10;
        _last = key;
        _next = key + 1;
        return !blank;
    }

    /// <summary>A key's index, or -1 when it is not known. What follows it is remembered.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        int key = _keys.IndexOf(name, ref _next);
        if (key >= 0)
        {
            _followers[_last + 1] = key;
            _last = key;
        }
        return key;
    }
}
