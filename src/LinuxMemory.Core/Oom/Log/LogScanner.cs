using System.Runtime.ExceptionServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Hands the lines of a log to a parser, over one reused buffer. While no report is open it looks for the few words that one
/// begins with and skips everything between: most of a log is never cut into lines.
/// </summary>
internal sealed class LogScanner(Stream source)
{
    private const int BufferSize = 256 * 1024;

    // The kernel's longest record is a tenth of it. What stands behind in a longer line is skipped.
    private const int LongestLine = 64 * 1024;

    // The first lines tell the log's format and when the machine started.
    private const int LearnedLines = 4096;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly int[] _next = new int[WordCount + JsonWordCount];
    private int _start;
    private int _end;
    private int _lines;
    private bool _atEnd;
    private bool _skipsRest;
    private Exception? _damage;

    private const int WordCount = 4;
    private const int JsonWordCount = 2;

    // Every report has one of them in its first line, and so has every kill without a report.
    private static ReadOnlySpan<byte> Word(int index) => index switch
    {
        0 => "oom-kill"u8,
        1 => "illed process "u8,
        2 => "ill process "u8,
        3 => "Manual OOM "u8,
        4 => "\"MESSAGE\":["u8,
        _ => "\"MESSAGE\" : ["u8,
    };

    /// <summary>Reads on and hands out what is complete; false at the end.</summary>
    /// <exception cref="KernelException">It cannot be read on; what was read before was handed out.</exception>
    /// <exception cref="KernelFormatException">It is damaged; what was read before was handed out.</exception>
    public bool Advance(OomLogParser parser)
    {
        if (_damage is not null)
        {
            ExceptionDispatchInfo.Throw(_damage);
        }
        if (_atEnd)
        {
            return false;
        }
        Fill();
        // The last line of a file that is cut is no line: half a number would be another number.
        int limit = _atEnd && _damage is null ? _end : _buffer.AsSpan(_start, _end - _start).LastIndexOf((byte)'\n') + _start + 1;
        Hand(parser, limit);
        if (!_atEnd && _end - _start >= LongestLine)
        {
            // A line without end: its begin is all that can matter.
            Give(parser, _buffer.AsSpan(_start, LongestLine));
            _start = _end;
            _skipsRest = true;
        }
        return true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int count;
        do
        {
            count = ReadOn();
            _end += count;
        }
        while (count > 0 && _end < BufferSize / 2);
        _atEnd = count == 0;
        if (_skipsRest)
        {
            int newline = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            _skipsRest = newline < 0;
            _start = newline < 0 ? _end : newline + 1;
        }
    }

    private int ReadOn()
    {
        try
        {
            return source.Read(_buffer, _end, BufferSize - _end);
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            _damage = e;
            return 0;
        }
    }

    private void Hand(OomLogParser parser, int limit)
    {
        Array.Fill(_next, -1);
        while (_start < limit)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, limit - _start);
            int skip = _lines < LearnedLines || parser.WantsEveryLine ? 0 : Find(rest, limit, parser.HasJson ? WordCount + JsonWordCount : WordCount);
            if (skip < 0)
            {
                _start = limit;
                return;
            }
            rest = rest[skip..];
            int length = rest.IndexOf((byte)'\n');
            length = length < 0 ? rest.Length : length;
            _start = Math.Min(limit, _start + skip + length + 1);
            Give(parser, rest[..Math.Min(length, LongestLine)]);
        }
    }

    // Where the next line begins that holds one of the words, counted from the rest's begin; -1 when none does.
    private int Find(ReadOnlySpan<byte> rest, int limit, int words)
    {
        int nearest = limit;
        for (int i = 0; i < words; i++)
        {
            // Found places stay good until they are passed: each word is looked for once in a buffer, however often another is found.
            if (_next[i] < _start)
            {
                int at = rest.IndexOf(Word(i));
                _next[i] = at < 0 ? limit : _start + at;
            }
            nearest = Math.Min(nearest, _next[i]);
        }
        return nearest >= limit ? -1 : rest[..(nearest - _start)].LastIndexOf((byte)'\n') + 1;
    }

    private void Give(OomLogParser parser, ReadOnlySpan<byte> line)
    {
        _lines = Math.Min(_lines + 1, LearnedLines);
        parser.Read(line, isLearning: _lines < LearnedLines);
    }
}
