using System.Buffers.Text;

namespace LinuxMemory;

/// <summary>What printk itself puts before a message: when it was, and who printed it.</summary>
internal static class PrintkStamp
{
    /// <summary>31 years in microseconds: what is more is no time since the start.</summary>
    public const long LongestUptime = 1_000_000_000_000_000;

    /// <summary>Takes "[    8.955394] ", "[    8.955394][  T205] " or "[    8.955394 &lt;    0.000012&gt;] " from the left.</summary>
    public static bool TryTakeUptime(ref ReadOnlySpan<byte> text, ref KernelMessage message)
    {
        ReadOnlySpan<byte> rest = text;
        // With a plus it would be dmesg's time since the line before.
        if (!LogText.TrySkip(ref rest, "["u8) || LogText.SkipBlanks(rest).StartsWith("+"u8) || !LogText.TryTakeNumber(ref rest, out long seconds) || seconds is < 0 or > LongestUptime / 1_000_000 || rest.Length < 7
            || !LogText.TrySkip(ref rest, "."u8) || !Utf8Parser.TryParse(rest[..6], out int fraction, out int length) || length != 6 || fraction < 0)
        {
            return false;
        }
        rest = rest[6..];
        if (LogText.TrySkip(ref rest, " <"u8))
        {
            rest = rest[(rest.IndexOf((byte)'>') + 1)..];
        }
        if (!LogText.TrySkip(ref rest, "]"u8))
        {
            return false;
        }
        TryTakeCaller(ref rest, ref message);
        LogText.TrySkip(ref rest, " "u8);
        TryTakeCaller(ref rest, ref message);
        message.Uptime = (seconds * 1_000_000) + fraction;
        text = rest;
        return true;
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
