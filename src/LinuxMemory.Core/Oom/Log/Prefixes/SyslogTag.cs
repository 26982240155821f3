namespace LinuxMemory;

/// <summary>What syslog says of who wrote a line.</summary>
internal static class SyslogTag
{
    /// <summary>Behind a time: "host kernel: ", "host kern.warn kernel: ", "kernel: ", "kern.warn kernel: "; some leave out the blank. False for programs.</summary>
    public static bool TrySkipKernel(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        for (int words = 0; words < 3; words++)
        {
            ReadOnlySpan<byte> before = LogText.SkipBlanks(rest);
            ReadOnlySpan<byte> word = LogText.TakeWord(ref rest);
            if (word.StartsWith("kernel:"u8))
            {
                text = before["kernel:".Length..];
                LogText.TrySkip(ref text, " "u8);
                return true;
            }
            if (word.EndsWith(":"u8) || (words == 1 && !word.StartsWith("kern."u8)) || IsOtherFacility(word))
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>Behind the time of RFC 5424: " host kernel - - [id name="value"] text". False for programs.</summary>
    public static bool TrySkipStructured(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        LogText.TakeWord(ref rest);
        bool isKernel = LogText.TakeWord(ref rest).SequenceEqual("kernel"u8);
        LogText.TakeWord(ref rest);
        LogText.TakeWord(ref rest);
        rest = LogText.SkipBlanks(rest);
        if (!LogText.TrySkip(ref rest, "-"u8) && !TrySkipElements(ref rest))
        {
            return false;
        }
        LogText.TrySkip(ref rest, " "u8);
        LogText.TrySkip(ref rest, "\uFEFF"u8);
        text = rest;
        return isKernel;
    }

    // Between quotes a backslash stands before a quote, a backslash and a closing bracket.
    private static bool TrySkipElements(ref ReadOnlySpan<byte> text)
    {
        bool inElement = false;
        bool inQuotes = false;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (!inElement)
            {
                inElement = c == '[';
                if (!inElement)
                {
                    text = text[i..];
                    return i > 0;
                }
            }
            else if (c == '\\' && inQuotes)
            {
                i++;
            }
            else if (c == '"')
            {
                inQuotes = !inQuotes;
            }
            else if (c == ']' && !inQuotes)
            {
                inElement = false;
            }
        }
        return false;
    }

    // "user.notice" of OpenWrt and of busybox, which a host could not be called.
    private static bool IsOtherFacility(ReadOnlySpan<byte> word)
    {
        int dot = word.IndexOf((byte)'.');
        if (dot <= 0 || word.StartsWith("kern."u8))
        {
            return false;
        }
        ReadOnlySpan<byte> level = word[(dot + 1)..];
        return level.SequenceEqual("emerg"u8) || level.SequenceEqual("alert"u8) || level.SequenceEqual("crit"u8) || level.SequenceEqual("err"u8) || level.SequenceEqual("warn"u8)
            || level.SequenceEqual("warning"u8) || level.SequenceEqual("error"u8) || level.SequenceEqual("notice"u8) || level.SequenceEqual("info"u8) || level.SequenceEqual("debug"u8);
    }
}
