namespace LinuxMemory;

/// <summary>journalctl -o short-monotonic writes "host kernel: " or "host sshd[1]: " behind the time, with the same host in all lines; dmesg does not.</summary>
internal sealed class LogHost
{
    private byte[]? _name;
    private bool _isCertain;

    /// <summary>Takes the host and "kernel:" from the left where they are; false for a line of a program.</summary>
    public bool TrySkip(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        ReadOnlySpan<byte> host = LogText.TakeWord(ref rest);
        _name ??= host.IndexOfAny(":()=["u8) < 0 ? host.ToArray() : [];
        if (host.IsEmpty || !host.SequenceEqual(_name))
        {
            return true;
        }
        ReadOnlySpan<byte> program = LogText.TakeWord(ref rest);
        if (program.SequenceEqual("kernel:"u8))
        {
            _isCertain = true;
            LogText.TrySkip(ref rest, " "u8);
            text = rest;
            return true;
        }
        _isCertain |= program.EndsWith("]:"u8) && program.Contains((byte)'[');
        return !_isCertain || !program.EndsWith(":"u8);
    }
}
