namespace LinuxMemory;

/// <summary>A line of a stream; what is longer than the longest is left out.</summary>
internal sealed class EntryLine
{
    /// <summary>No line of interest is longer.</summary>
    public const int Longest = 64 * 1024;

    private readonly byte[] _text = new byte[Longest];
    private int _length;

    /// <summary>The line without its newline.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Reads on; false at the end.</summary>
    public bool TryRead(Stream log)
    {
        _length = 0;
        int read = 0;
        int next;
        while ((next = log.ReadByte()) is >= 0 and not '\n')
        {
            read++;
            if (_length < Longest)
            {
                _text[_length++] = (byte)next;
            }
        }
        return next >= 0 || read > 0;
    }
}
