namespace LinuxMemory;

/// <summary>
/// A line that waits for what may go on with it: pieces in /dev/kmsg, between which lines of others can stand, and lines that a
/// mail program or a terminal wrapped, whose rest stands without a prefix on a line of its own.
/// </summary>
internal sealed class HeldLine
{
    private const int Longest = 64 * 1024;

    // How many lines of others may stand between two pieces of a line.
    private const int MostBetween = 16;

    private byte[] _text = new byte[1024];
    private int _length;
    private long _uptime;
    private DateTimeOffset? _time;
    private bool _isTimeEstimated;
    private bool _isContinuation;
    private uint _caller;
    private long _line;
    private long _lastLine;
    private bool _isRecord;

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
        (IsLearning, _length, _isRecord) = (isLearning, 0, message.IsRecord);
        (_uptime, _time, _isTimeEstimated, _isContinuation, _caller, _line, _lastLine) =
            (message.Uptime, message.Time, message.IsTimeEstimated, message.IsContinuation, message.Caller, message.Line, message.Line);
        Append(message.Text);
    }

    /// <summary>Adds what goes on with it; false when it does not.</summary>
    /// <param name="next">The line that has come.</param>
    /// <param name="isNewest">True when no other line began since.</param>
    public bool TryJoin(KernelMessage next, bool isNewest)
    {
        if (_length + next.Text.Length > Longest)
        {
            return false;
        }
        if (next.Fragment != FragmentKind.None)
        {
            if (!IsPieceOfIt(next, isNewest))
            {
                return false;
            }
            Append(next.Text);
        }
        else if (next.Line == _lastLine + 1 && LineRest.IsRest(_text.AsSpan(0, _length), next))
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

    /// <summary>True when a piece of it can still come behind such a line: of /dev/kmsg, by somebody else.</summary>
    public bool CanWaitFor(KernelMessage next)
    {
        if (!_isRecord || !next.IsRecord || next.Line - _lastLine > MostBetween || !LineRest.IsUnfinished(_text.AsSpan(0, _length)))
        {
            return false;
        }
        ReadOnlySpan<byte> words = LogText.SkipBlanks(next.Text);
        return _caller != 0 ? next.Caller != _caller : words.IsEmpty || (OomLine.KindOf(words) == OomLineKind.Body && !OomLine.HasName(words));
    }

    // The kernel's own rule is that a piece usually goes on with the record before it, and that they can be interleaved
    // (Documentation/ABI/testing/dev-kmsg).
    private bool IsPieceOfIt(KernelMessage next, bool isNewest) => next.Caller == _caller
        && (_caller != 0 || (next.Fragment == FragmentKind.Next ? isNewest && next.Line == _lastLine + 1 : LineRest.IsPieceOf(_text.AsSpan(0, _length), next.Text)));

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
