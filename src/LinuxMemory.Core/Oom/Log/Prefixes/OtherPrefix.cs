namespace LinuxMemory;

/// <summary>Prefixes of systems that have no syslog. Each reading takes what it read from the left; what is no such prefix is left alone.</summary>
internal static class OtherPrefix
{
    // A name of a node, or its address.
    private const int LongestNode = 64;

    /// <summary>"kern: warning: [2025-05-18T15:40:20.654317542Z]: " of Talos, after "node: " where several are shown.</summary>
    public static bool TrySkipTalos(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time, out bool isKernel)
    {
        time = null;
        isKernel = false;
        ReadOnlySpan<byte> rest = text;
        for (int words = 0; words < 3; words++)
        {
            ReadOnlySpan<byte> word = LogText.TakeWord(ref rest);
            if (word.Length is < 3 or > LongestNode || word[^1] != ':')
            {
                return false;
            }
            ReadOnlySpan<byte> next = LogText.SkipBlanks(rest);
            if (words > 0 && LogText.TrySkip(ref next, "["u8) && LogTime.TryTakeIso(ref next, clock, out time) && LogText.TrySkip(ref next, "]: "u8))
            {
                text = next;
                return true;
            }
            isKernel = word.SequenceEqual("kern:"u8);
        }
        return false;
    }

    /// <summary>"11-22 05:20:05.123     0     0 W " of logcat, where the kernel is process 0.</summary>
    public static bool TrySkipLogcat(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time, out bool isKernel)
    {
        ReadOnlySpan<byte> rest = text;
        isKernel = false;
        if (!LogTime.TryTakeLogcat(ref rest, clock, out time) || !LogText.TryTakeNumber(ref rest, out int process) || !LogText.TryTakeNumber(ref rest, out int thread)
            || rest.Length < 4 || rest[0] != ' ' || !char.IsAsciiLetterUpper((char)rest[1]) || rest[2] != ' ')
        {
            return false;
        }
        isKernel = process == 0 && thread == 0;
        // Without a tag there is the colon alone.
        text = rest[3..].TrimStart(" :"u8);
        return true;
    }

    /// <summary>" In(05) vcpu-5 - Guest: " behind the time of vmware.log: what a guest wrote to its console.</summary>
    public static bool TrySkipGuest(ref ReadOnlySpan<byte> text)
    {
        int guest = text.IndexOf(" - Guest: "u8);
        if (guest is < 0 or > LongestNode || !text.StartsWith(" In("u8))
        {
            return false;
        }
        text = text[(guest + " - Guest: ".Length)..];
        return true;
    }
}
