namespace LinuxMemory;

/// <summary>Takes the colours out of a line that a terminal was to show: dmesg, journalctl and grep write them.</summary>
internal sealed class AnsiText
{
    private const byte Escape = 0x1B;
    private const byte Bell = 0x07;

    private byte[] _plain = new byte[1024];

    /// <summary>The line without escape sequences, valid until the next call; the line itself when it has none.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line)
    {
        int next = line.IndexOf(Escape);
        if (next < 0)
        {
            return line;
        }
        if (_plain.Length < line.Length)
        {
            _plain = new byte[line.Length];
        }
        int length = 0;
        for (; next >= 0; next = line.IndexOf(Escape))
        {
            line[..next].CopyTo(_plain.AsSpan(length));
            length += next;
            line = Behind(line[(next + 1)..]);
        }
        line.CopyTo(_plain.AsSpan(length));
        return _plain.AsSpan(0, length + line.Length);
    }

    // ECMA-48: "[" with parameters up to a letter; "]" of links up to a bell or ESC \; else one character.
    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("["u8))
        {
            int end = rest[1..].IndexOfAnyInRange((byte)0x40, (byte)0x7E);
            return end < 0 ? default : rest[(end + 2)..];
        }
        if (rest.StartsWith("]"u8))
        {
            int end = rest.IndexOfAny(Bell, Escape);
            return end < 0 ? default : rest[end] == Bell ? rest[(end + 1)..] : rest[Math.Min(end + 2, rest.Length)..];
        }
        return rest.IsEmpty ? rest : rest[1..];
    }
}
