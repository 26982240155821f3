namespace LinuxMemory;

/// <summary>
/// A line that waits for the next one, which may go on with it: fragments of /dev/kmsg, and lines that a mail program or a
/// terminal wrapped, whose rest stands without a prefix on a line of its own.
/// </summary>
internal sealed class HeldLine
{
    private const int Longest = 64 * 1024;

    private byte[] _text = new byte[1024];
    private int _length;
    private long _uptime;
    private DateTimeOffset? _time;
    private bool _isTimeEstimated;
    private bool _isContinuation;
    private uint _caller;
    private long _line;
    private long _lastLine;

    /// <summary>True when a line waits.</summary>
    public bool IsSet { get; private set; }

    /// <summary>True when it was learned from, at a log's begin.</summary>
    public bool IsLearning { get; private set; }

    /// <summary>The line as it is so far.</summary>
    public KernelMessage Message => new()
    {
        Text = _text.AsSpan(0, _length),
        Uptime = _uptime,
        Time = _time,
        IsTimeEstimated = _isTimeEstimated,
        IsContinuation = _isContinuation,
        Caller = _caller,
        Line = _line,
    };

    /// <summary>Keeps a line.</summary>
    public void Set(KernelMessage message, bool isLearning)
    {
        (IsSet, IsLearning, _length) = (true, isLearning, 0);
        (_uptime, _time, _isTimeEstimated, _isContinuation, _caller, _line, _lastLine) =
            (message.Uptime, message.Time, message.IsTimeEstimated, message.IsContinuation, message.Caller, message.Line, message.Line);
        Append(message.Text);
    }

    /// <summary>Adds what goes on with it; false when it does not.</summary>
    public bool TryJoin(KernelMessage next)
    {
        if (!IsSet || next.Line != _lastLine + 1 || _length + next.Text.Length > Longest)
        {
            return false;
        }
        if (next.IsFragment)
        {
            if (next.Caller != _caller)
            {
                return false;
            }
            Append(next.Text);
        }
        else if (LineRest.IsRest(_text.AsSpan(0, _length), next))
        {
            _length = _text.AsSpan(0, _length).TrimEnd((byte)' ').Length;
            ReadOnlySpan<byte> rest = next.Text.Trim(" \t"u8);
            Append(LineRest.IsCutInWord(_text.AsSpan(0, _length), rest) ? default : " "u8);
            Append(rest);
        }
        else
        {
            return false;
        }
        _lastLine = next.Line;
        return true;
    }

    /// <summary>No line waits any more.</summary>
    public void Clear() => IsSet = false;

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_length + text.Length, _text.Length * 2));
        }
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
