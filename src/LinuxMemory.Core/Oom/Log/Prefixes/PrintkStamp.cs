using System.Buffers.Text;

namespace LinuxMemory;

/// <summary>What printk itself puts before a message: when it was, and who printed it.</summary>
internal static class PrintkStamp
{
    /// <summary>31 years in microseconds: what is more is no time since the start.</summary>
    public const long LongestUptime = 1_000_000_000_000_000;

    /// <summary>
    /// Takes "[    8.955394] ", "[    8.955394][  T205] " or "[    8.955394 &lt;    0.000012&gt;] " from the left; of vendors'
    /// kernels also "[2-8.9553] " with the CPU and "[    8.955394,0] " with the level.
    /// </summary>
    public static bool TryTakeUptime(ref ReadOnlySpan<byte> text, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = text;
        // With a plus it would be dmesg's time since the line before.
        if (!LogText.TrySkip(ref rest, "["u8) || LogText.SkipBlanks(rest).StartsWith("+"u8) || !LogText.TryTakeNumber(ref rest, out long seconds)
            || (LogText.TrySkip(ref rest, "-"u8) && !LogText.TryTakeNumber(ref rest, out seconds)) || seconds is < 0 or > LongestUptime / 1_000_000
            || !LogText.TrySkip(ref rest, "."u8) || !TryTakeMicroseconds(ref rest, out long microseconds))
        {
            return false;
        }
        if (LogText.TrySkip(ref rest, " <"u8))
        {
            rest = rest[(rest.IndexOf((byte)'>') + 1)..];
        }
        if (LogText.TrySkip(ref rest, ","u8))
        {
            rest = rest.TrimStart("01234567"u8);
        }
        if (!LogText.TrySkip(ref rest, "]"u8))
        {
            return false;
        }
        TryTakeCaller(ref rest, ref message);
        LogText.TrySkip(ref rest, " "u8);
        TryTakeCaller(ref rest, ref message);
        TrySkipTask(ref rest);
        message.Uptime = (seconds * 1_000_000) + microseconds;
        text = rest;
        return true;
    }

    // Six digits of printk's, three or four of others.
    private static bool TryTakeMicroseconds(ref ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 9)
        {
            return false;
        }
        for (int i = 0; i < 6; i++)
        {
            microseconds = (microseconds * 10) + (i < digits ? text[i] - '0' : 0);
        }
        text = text[digits..];
        return true;
    }

    // "[0:    kworker/0:1:   34] ": who printed it on telephones, with CPU, name and id.
    private static void TrySkipTask(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = LogText.SkipBlanks(text);
        if (rest.Length < 8 || rest[0] != '[' || !char.IsAsciiDigit((char)rest[1]) || rest[2] != ':')
        {
            return;
        }
        int end = rest.IndexOf("] "u8);
        int colon = end < 0 ? -1 : rest[..end].LastIndexOf((byte)':');
        if (colon > 2 && LogText.SkipBlanks(rest[(colon + 1)..end]) is { IsEmpty: false } id && !id.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            text = rest[(end + 2)..];
        }
    }

    /// <summary>Takes "[  T205]" or "[    C1]", perhaps with a blank behind.</summary>
    public static void TryTakeCaller(ref ReadOnlySpan<byte> text, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = text;
        if (!LogText.TrySkip(ref rest, "["u8))
        {
            return;
        }
        rest = LogText.SkipBlanks(rest);
        int end = rest.IndexOf((byte)']');
        uint caller = end is > 1 and < 12 ? CallerOf(rest[..end]) : 0;
        if (caller != 0)
        {
            message.Caller = caller;
            text = rest[(end + 1)..];
            LogText.TrySkip(ref text, " "u8);
        }
    }

    /// <summary>"T205" or "C1" as a number; 0 for anything else.</summary>
    public static uint CallerOf(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] is (byte)'T' or (byte)'C' && Utf8Parser.TryParse(text[1..], out int number, out int _) && number >= 0
            ? (text[0] == 'C' ? 0x8000_0000 : 0) | (uint)number
            : 0;
}
