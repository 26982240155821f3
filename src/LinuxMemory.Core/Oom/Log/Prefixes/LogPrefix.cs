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
    private DateTimeOffset? _relative;
    private bool _hasPrefixes;
    private bool _hasRecords;
    private bool? _hasHosts;

    /// <summary>True for the journal's JSON, where a message that is no text is a list of numbers.</summary>
    public bool HasJson { get; private set; }

    /// <summary>True when times are sums of what stands in each line, so that none may be left out: dmesg --reltime.</summary>
    public bool NeedsEveryLine => _relative is not null;

    /// <summary>Reads a line; false when the kernel did not write it.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out KernelMessage message)
    {
        message = new KernelMessage { Uptime = -1 };
        line = line.TrimEnd((byte)'\r');
        LogText.TrySkip(ref line, "\uFEFF"u8);
        if (line.IsEmpty)
        {
            return false;
        }
        bool isKernel = line[0] switch
        {
            (byte)'{' => TryReadJson(line, ref message),
            (byte)'<' => TryReadPriority(line, ref message),
            (byte)'[' => TryReadStamp(line, ref message),
            (byte)' ' or (byte)'\t' => TryReadContinuation(line, ref message),
            >= (byte)'0' and <= (byte)'9' => TryReadNumber(line, ref message),
            _ => TryReadWord(line, ref message),
        };
        if (isKernel && message.Time is null)
        {
            message.Time = clock.SinceBoot(message.Uptime);
            message.IsTimeEstimated = clock.IsEstimate && message.Time is not null;
        }
        return isKernel;
    }

    private bool TryReadJson(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        _hasPrefixes = true;
        HasJson = true;
        return _journal.TryRead(line, ref message);
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
            _ when LogTime.TryTakeSyslog(ref rest, clock, out message.Time) => TryReadTag(rest, ref message),
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
            // The first line decides: a process may be called "a kernel:".
            _hasHosts ??= HasHost(line);
            return _hasHosts.Value ? TryReadTag(line, ref message) : TakeText(line, ref message);
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
        if (TryReadRecord(line, ref message, out bool isRecord) || isRecord)
        {
            return isRecord && !message.Text.IsEmpty;
        }
        ReadOnlySpan<byte> rest = line;
        if (LogTime.TryTakeIso(ref rest, clock, out message.Time))
        {
            _hasPrefixes = true;
            // dmesg's decimal sign is a comma, and there is no host behind it.
            return line[19..].StartsWith(","u8) ? LogText.TrySkip(ref rest, " "u8) && TakeText(rest, ref message) : TryReadTag(rest, ref message);
        }
        if (LogTime.TryTakeUnix(ref rest, out message.Time))
        {
            _hasPrefixes = true;
            return TryReadTag(rest, ref message);
        }
        if (LogText.TrySkip(ref rest, "1 "u8) && LogTime.TryTakeIso(ref rest, clock, out message.Time))
        {
            _hasPrefixes = true;
            return TryReadStructured(rest, ref message);
        }
        return TryReadBare(line, ref message);
    }

    // "Nov 22 05:20:05 host kernel: ...", "Sun 2026-11-22 05:20:05 UTC host kernel: ...", OpenWrt's, "kern  :warn  : [    8.1] ..." of dmesg -x.
    private bool TryReadWord(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = line;
        if (LogTime.TryTakeSyslog(ref rest, clock, out message.Time) || LogTime.TryTakeFull(ref rest, clock, out message.Time)
            || LogTime.TryTakeCtime(ref rest, clock, out message.Time))
        {
            _hasPrefixes = true;
            return TryReadTag(rest, ref message);
        }
        int colon = line.IndexOf((byte)':');
        int second = colon is 6 ? line[7..].IndexOf((byte)':') : -1;
        if (second is > 2 and < 10 && line.Length > second + 8 && line[second + 8] == ' ' && !line[..6].ContainsAny("()[]="u8))
        {
            _hasPrefixes = true;
            rest = line[(second + 9)..];
            return line.StartsWith("kern "u8) && !rest.IsEmpty && (rest[0] == '[' ? TryReadStamp(rest, ref message) : TakeText(rest, ref message));
        }
        return TryReadBare(line, ref message);
    }

    // Behind a syslog time: "host kernel: ", "host kern.warn kernel: ", "kernel: ", "kern.warn kernel: ".
    private static bool TryReadTag(ReadOnlySpan<byte> rest, ref KernelMessage message)
    {
        for (int words = 0; words < 3; words++)
        {
            ReadOnlySpan<byte> word = LogText.TakeWord(ref rest);
            if (word.SequenceEqual("kernel:"u8))
            {
                LogText.TrySkip(ref rest, " "u8);
                PrintkStamp.TryTakeUptime(ref rest, ref message);
                return TakeText(rest, ref message);
            }
            if (word.EndsWith(":"u8) || (words == 1 && !word.StartsWith("kern."u8)))
            {
                return false;
            }
        }
        return false;
    }

    // " host kernel - - - ..." behind the time of RFC 5424; structured data stands in brackets.
    private static bool TryReadStructured(ReadOnlySpan<byte> rest, ref KernelMessage message)
    {
        LogText.TakeWord(ref rest);
        if (!LogText.TakeWord(ref rest).SequenceEqual("kernel"u8))
        {
            return false;
        }
        LogText.TakeWord(ref rest);
        LogText.TakeWord(ref rest);
        rest = LogText.SkipBlanks(rest);
        while (LogText.TrySkip(ref rest, "["u8))
        {
            int end = rest.IndexOf((byte)']');
            while (end > 0 && rest[end - 1] == '\\')
            {
                int next = rest[(end + 1)..].IndexOf((byte)']');
                end = next < 0 ? -1 : end + 1 + next;
            }
            if (end < 0)
            {
                return false;
            }
            rest = rest[(end + 1)..];
        }
        LogText.TrySkip(ref rest, "-"u8);
        LogText.TrySkip(ref rest, " "u8);
        LogText.TrySkip(ref rest, "\uFEFF"u8);
        PrintkStamp.TryTakeUptime(ref rest, ref message);
        return TakeText(rest, ref message);
    }

    private bool TryReadRecord(ReadOnlySpan<byte> line, ref KernelMessage message, out bool isRecord)
    {
        ReadOnlySpan<byte> rest = line;
        isRecord = LogText.TryTakeNumber(ref rest, out long prefix) && LogText.TrySkip(ref rest, ","u8) && LogText.TryTakeNumber(ref rest, out long _)
            && LogText.TrySkip(ref rest, ","u8) && LogText.TryTakeNumber(ref rest, out long uptime) && LogText.TrySkip(ref rest, ","u8)
            && SetUptime(uptime, ref message);
        int end = isRecord ? rest.IndexOf((byte)';') : -1;
        if (end < 0)
        {
            message.Uptime = -1;
            isRecord = false;
            return false;
        }
        _hasPrefixes = true;
        _hasRecords = true;
        // What a program writes to /dev/kmsg has another facility, whatever it asks for.
        if (prefix is < 0 or > 7)
        {
            return false;
        }
        ReadOnlySpan<byte> flags = rest[..end];
        message.IsContinuation = flags.StartsWith("+"u8);
        int caller = flags.IndexOf("caller="u8);
        if (caller >= 0)
        {
            message.Caller = PrintkStamp.CallerOf(flags[(caller + "caller=".Length)..]);
        }
        message.Text = rest[(end + 1)..];
        return true;
    }

    private static bool SetUptime(long uptime, ref KernelMessage message)
    {
        message.Uptime = uptime;
        return uptime is >= 0 and <= PrintkStamp.LongestUptime;
    }

    // journalctl -o short-monotonic writes "host kernel: " or "host sshd[1]: " behind the time.
    private static bool HasHost(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> host = LogText.TakeWord(ref rest);
        ReadOnlySpan<byte> program = LogText.TakeWord(ref rest);
        return host.IndexOfAny(":()="u8) < 0 && (program.SequenceEqual("kernel:"u8) || (program.EndsWith("]:"u8) && program.Contains((byte)'[')));
    }

    // journalctl and dmesg print the further lines of one message without a prefix, and kmsg prints a device's properties so.
    private bool TryReadContinuation(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        message.IsContinuation = _hasPrefixes;
        return !_hasRecords && TakeText(line, ref message);
    }

    private bool TryReadBare(ReadOnlySpan<byte> line, ref KernelMessage message)
    {
        message.Time = null;
        return !_hasPrefixes && TakeText(line, ref message);
    }

    private static bool TakeText(ReadOnlySpan<byte> text, ref KernelMessage message)
    {
        message.Text = text;
        return !text.IsEmpty;
    }
}
