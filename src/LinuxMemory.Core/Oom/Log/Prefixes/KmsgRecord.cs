namespace LinuxMemory;

/// <summary>A record of /dev/kmsg: "6,500,8111419,-;text", with caller=T205 behind the flags since 5.1. Source: Documentation/ABI/testing/dev-kmsg.</summary>
internal static class KmsgRecord
{
    // What a program writes to /dev/kmsg has another facility, whatever it asks for.
    private const int KernelPriorities = 7;

    /// <summary>Reads a record; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, ref KernelMessage message, out bool isKernel)
    {
        ReadOnlySpan<byte> rest = line;
        isKernel = false;
        if (!LogText.TryTakeNumber(ref rest, out long priority) || !LogText.TrySkip(ref rest, ","u8) || !LogText.TryTakeNumber(ref rest, out long _)
            || !LogText.TrySkip(ref rest, ","u8) || !LogText.TryTakeNumber(ref rest, out long uptime) || !LogText.TrySkip(ref rest, ","u8)
            || uptime is < 0 or > PrintkStamp.LongestUptime)
        {
            return false;
        }
        int end = rest.IndexOf((byte)';');
        if (end < 0)
        {
            return false;
        }
        ReadOnlySpan<byte> flags = rest[..end];
        message.Uptime = uptime;
        message.Text = rest[(end + 1)..];
        message.IsRecord = true;
        message.Fragment = flags.StartsWith("+"u8) ? FragmentKind.Next : flags.StartsWith("c"u8) ? FragmentKind.Piece : FragmentKind.None;
        int caller = flags.IndexOf("caller="u8);
        if (caller >= 0)
        {
            message.Caller = PrintkStamp.CallerOf(flags[(caller + "caller=".Length)..]);
        }
        isKernel = priority is >= 0 and <= KernelPriorities && !message.Text.IsEmpty;
        return true;
    }
}
