using System.Text;

namespace LinuxMemory.Kernel;

/// <summary>
/// The keys that a "Key: value" file is known to have. Kernels print them in one order and leave some out, so a look-up
/// starts behind the last hit: nearly every line is found at the first comparison.
/// </summary>
public sealed class KeyTable
{
    private readonly byte[][] _keys;

    /// <summary>Makes the table; an index is a key's place in it.</summary>
    public KeyTable(params string[] keys) => _keys = [.. keys.Select(Encoding.UTF8.GetBytes)];

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Length;

    /// <summary>The key's index, or -1 when it is not known. <paramref name="next"/> is where to look first; it moves behind a hit.</summary>
    public int IndexOf(ReadOnlySpan<byte> key, ref int next)
    {
        for (int i = next; i < _keys.Length; i++)
        {
            if (key.SequenceEqual(_keys[i]))
            {
                next = i + 1;
                return i;
            }
        }
        for (int i = 0; i < next && i < _keys.Length; i++)
        {
            if (key.SequenceEqual(_keys[i]))
            {
                next = i + 1;
                return i;
            }
        }
        return -1;
    }

    /// <summary>The key at an index, as the kernel writes it.</summary>
    public string this[int index] => Encoding.UTF8.GetString(_keys[index]);
}
