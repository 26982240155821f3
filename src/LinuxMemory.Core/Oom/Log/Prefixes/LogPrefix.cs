using System.Buffers.Text;

namespace LinuxMemory;

/// <summary>
/// Takes the prefix from a log's lines and tells what the kernel wrote from what programs did. A line must say that it is the
/// kernel's: facility 0 in /dev/kmsg, in RFC 5424 and in dmesg -r and -x, the tag "kernel:" in syslog. The formats are told apart
/// line by line; only a line without any prefix depends on the lines before it.
/// </summary>
internal sealed class LogPrefix(LogClock clock)
{
    private readonly JournalEntry _journal = new();
    private readonly DmesgJson _fields = new();
    private readonly LogHost _host = new();
    private readonly AnsiText _colours = new();
    private DateTimeOffset? _relative;
    private bool _hasPrefixes;
    private bool _hasRecords;
    private bool _hasColours;
    private bool _hasFields;
    private int _indent = -1;

    /// <summary>True when a line had a prefix.</summary>
    public bool HasPrefixes => _hasPrefixes;

    /// <summary>True for the journal's JSON, where a message that is no text is a list of numbers.</summary>
    public bool HasJson { get; private set; }

    /// <summary>True when no line may be left out: times that are sums of what stands in each (dmesg --reltime), that stand in another line than the words (dmesg --json), words with colours in them.</summary>
    public bool NeedsEveryLine => _relative is not null || _hasColours || _hasFields;

    /// <summary>Reads a line, which is valid until the next; false when the kernel did not write it.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out KernelMessage message)
    {
        message = new KernelMessage { Uptime = -1 };
        line = line.TrimEnd((byte)'\r');
        LogText.TrySkip(ref line, "\uFEFF"u8);
        ReadOnlySpan<byte> plain = _colours.Of(line);
        _hasColours |= plain.Length != line.Length;
        line = Unquoted(plain);
        if (line.IsEmpty)
        {
            return false;
        }
        bool isKernel = line[0] is (byte)' ' or (byte)'\t' ? TryReadIndented(line, ref message) : TryReadForm(line, ref message);
        if (isKernel && message.Time is null)
        {
            message.Time = clock.SinceBoot(message.Uptime);
            message.IsTimeEstimated = clock.IsEstimate && message.Time is not null;
        }
        return isKernel;
    }

    // "> " of mails and "- " of lists, into which people paste logs.
    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> line)
    {
        while (line.StartsWith("> "u8) || line.StartsWith("- <"u8) || line.StartsWith("- ["u8))
        {
            line = line[2..];
        }
        return line is [(byte)'>'] ? default : line;
    }

    private bool TryReadForm(ReadOnlySpan<byte> line, ref KernelMessage message) => line[0] switch
    {
        (byte)'{' => TryReadJson(line, ref message),
        (byte)'"' => TryReadField(line, ref message),
        (byte)'<' => TryReadPriority(line, ref message),
        (byte)'[' => TryReadStamp(line, ref message),
        >= (byte)'0' and <= (byte)'9' => TryReadNumber(line, ref message),
        _ => TryReadWord(line, ref message),
    };

    private bool TryReadJson(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        bool isKernel = _journal.TryRead(line, ref message, out bool isEntry);
        // "{1}[Hardware Error]: ..." is a line of the kernel's.
        _hasPrefixes |= isEntry;
        HasJson |= isEntry;
        return isEntry ? isKernel : TryReadBare(line, ref message);
    }

    private bool TryReadField(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        if (!_fields.TryRead(line, ref message, out bool isKernel))
        {
            return TryReadBare(line, ref message);
        }
        _hasPrefixes = true;
        _hasFields = true;
        return isKernel;
    }

    // "<4>[    8.1] ..." of dmesg -r, "<4>Nov 22 ..." and "<4>1 2026-..." of the syslog protocols.
    private bool TryReadPriority(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        int end = line.IndexOf((byte)'>');
        if (end is < 2 or > 4 || !Utf8Parser.TryParse(line[1..end], out int priority, out int length) || length != end - 1)
        {
            return TryReadBare(line, ref message);
        }
        _hasPrefixes = true;
        ReadOnlySpan<byte> rest = line[(end + 1)..];
        if (priority > 7 || rest.IsEmpty)
        {
            return false;
        }
        return rest[0] switch
        {
            (byte)'[' => TryReadStamp(rest, ref message),
            >= (byte)'0' and <= (byte)'9' => TryReadNumber(rest, ref message),
            _ when LogTime.TryTakeSyslog(ref rest, clock, out message.Time) => TryReadBehindTime(rest, ref message),
            _ => TakeText(rest, ref message),
        };
    }

    // "[    8.955394] ..." with what may follow, "[Sun Nov 22 05:20:05 2026] ...", "[Nov22 05:20] ...", "[  +0.000012] ..."; or a row of the task table.
    private bool TryReadStamp(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = line[1..];
        if (PrintkStamp.TryTakeUptime(ref line, ref message))
        {
            _hasPrefixes = true;
            return _host.TrySkip(ref line) && TakeText(line, ref message);
        }
        if (LogTime.TryTakeCtime(ref rest, clock, out message.Time) && LogText.TrySkip(ref rest, "] "u8))
        {
            _hasPrefixes = true;
            PrintkStamp.TryTakeCaller(ref rest, ref message);
            return TakeText(rest, ref message);
        }
        rest = line[1..];
        if (LogTime.TryTakeReltime(ref rest, clock, out DateTimeOffset? minute) && LogText.TrySkip(ref rest, "] "u8))
        {
            _hasPrefixes = true;
            _relative = minute;
            message.Time = minute;
            return TakeText(rest, ref message);
        }
        rest = LogText.SkipBlanks(line[1..]);
        if (_relative is not null && LogText.TrySkip(ref rest, "+"u8) && Utf8Parser.TryParse(rest, out double seconds, out int length, 'f') && seconds is >= 0 and < 1_000_000)
        {
            rest = rest[length..];
            _relative += TimeSpan.FromSeconds(seconds);
            message.Time = _relative;
            return LogText.TrySkip(ref rest, "] "u8) && TakeText(rest, ref message);
        }
        if (LogTime.TrySkipForeign(ref line))
        {
            _hasPrefixes = true;
            message.Time = null;
            return TakeText(line, ref message);
        }
        return TryReadBare(line, ref message);
    }

    // "6,500,8111419,-;..." of /dev/kmsg, ISO times, journalctl's seconds since 1970, "1 2026-... host kernel - - - ..." of RFC 5424.
    private bool TryReadNumber(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        if (KmsgRecord.TryRead(line, ref message, out bool isKernel))
        {
            _hasPrefixes = true;
            _hasRecords = true;
            return isKernel;
        }
        ReadOnlySpan<byte> rest = line;
        if (LogTime.TryTakeIso(ref rest, clock, out message.Time))
        {
            _hasPrefixes = true;
            // dmesg's decimal sign is a comma, and there is no host behind it.
            return line[19..].StartsWith(","u8) ? LogText.TrySkip(ref rest, " "u8) && TakeText(rest, ref message) : TryReadBehindTime(rest, ref message);
        }
        if (LogTime.TryTakeUnix(ref rest, out message.Time))
        {
            _hasPrefixes = true;
            return TryReadBehindTime(rest, ref message);
        }
        if (LogText.TrySkip(ref rest, "1 "u8) && LogTime.TryTakeIso(ref rest, clock, out message.Time))
        {
            _hasPrefixes = true;
            return SyslogTag.TrySkipStructured(ref rest) && TakeStamped(rest, ref message);
        }
        rest = line;
        if (OtherPrefix.TrySkipLogcat(ref rest, clock, out message.Time, out isKernel))
        {
            _hasPrefixes = true;
            return isKernel && TakeStamped(rest, ref message);
        }
        return TryReadOther(line, ref message);
    }

    // "Nov 22 05:20:05 host kernel: ...", "Sun 2026-11-22 05:20:05 UTC host kernel: ...", OpenWrt's, "kern  :warn  : [    8.1] ..." of dmesg -x.
    private bool TryReadWord(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = line;
        if (LogTime.TryTakeSyslog(ref rest, clock, out message.Time) || LogTime.TryTakeFull(ref rest, clock, out message.Time)
            || LogTime.TryTakeCtime(ref rest, clock, out message.Time))
        {
            _hasPrefixes = true;
            return TryReadBehindTime(rest, ref message);
        }
        // Of a log whose times were cut off.
        if (LogText.TrySkip(ref rest, "kernel: "u8) || (line.StartsWith("kernel:["u8) && LogText.TrySkip(ref rest, "kernel:"u8)))
        {
            _hasPrefixes = true;
            return TakeStamped(rest, ref message);
        }
        int colon = line.IndexOf((byte)':');
        int second = colon is 6 ? line[7..].IndexOf((byte)':') : -1;
        if (second is > 2 and < 10 && line.Length > second + 8 && line[second + 8] == ' ' && !line[..6].ContainsAny("()[]="u8))
        {
            _hasPrefixes = true;
            rest = line[(second + 9)..];
            return line.StartsWith("kern "u8) && !rest.IsEmpty && (rest[0] == '[' ? TryReadStamp(rest, ref message) : TakeText(rest, ref message));
        }
        return TryReadOther(line, ref message);
    }

    private bool TryReadOther(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        if (OtherPrefix.TrySkipTalos(ref line, clock, out message.Time, out bool isKernel))
        {
            _hasPrefixes = true;
            return isKernel && TakeText(line, ref message);
        }
        return TryReadBare(line, ref message);
    }

    // A collector writes its own time before the whole line of another log.
    private bool TryReadBehindTime(ReadOnlySpan<byte> rest, ref KernelMessage message)
    {
        OtherPrefix.TrySkipGuest(ref rest);
        DateTimeOffset? time = message.Time;
        ReadOnlySpan<byte> line = LogText.SkipBlanks(rest);
        if (line is [(byte)'<', >= (byte)'0' and <= (byte)'9', ..] or [(byte)'[', ..])
        {
            return line[0] == '<' ? TryReadPriority(line, ref message) : TryReadStamp(line, ref message);
        }
        if (LogTime.TryTakeSyslog(ref line, clock, out DateTimeOffset? inner) || LogTime.TryTakeIso(ref line, clock, out inner))
        {
            rest = line;
            time = inner ?? time;
        }
        message.Time = time;
        return SyslogTag.TrySkipKernel(ref rest) && TakeStamped(rest, ref message);
    }

    // journalctl and dmesg print the further lines of one message without a prefix, and kmsg prints a device's properties so.
    // A log can also be pasted with blanks before all lines: then the first line that has a prefix has them, too.
    private bool TryReadIndented(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = LogText.SkipBlanks(line);
        int indent = line.Length - rest.Length;
        if (_hasRecords || (_hasFields && indent != _indent))
        {
            message.IsRecord = _hasRecords;
            return false;
        }
        if (!rest.IsEmpty && (indent == _indent || !_hasPrefixes))
        {
            bool isKernel = TryReadForm(rest, ref message);
            _indent = _hasPrefixes ? indent : -1;
            return isKernel;
        }
        message.IsContinuation = true;
        return TakeText(line, ref message);
    }

    private bool TryReadBare(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        message.Time = null;
        message.Text = line;
        message.IsLoose = _hasPrefixes && !_hasRecords && !HasJson && !_hasFields;
        return !_hasPrefixes && TakeText(line, ref message);
    }

    private static bool TakeStamped(ReadOnlySpan<byte> text, ref KernelMessage message)
    {
        PrintkStamp.TryTakeUptime(ref text, ref message);
        return TakeText(text, ref message);
    }

    private static bool TakeText(ReadOnlySpan<byte> text, ref KernelMessage message)
    {
        message.Text = text;
        return !text.IsEmpty;
    }
}
