namespace LinuxMemory;

/// <summary>
/// A cgroup's memory in a report: "memory: usage 131072kB, limit 131072kB, failcnt 27", the same of swap, and its statistics on
/// one line (up to 5.1) or on a line each.
/// </summary>
internal sealed class CgroupMemoryLines
{
    private bool _inStatistics;

    public Dictionary<string, long> Statistics { get; } = [];

    public long? Usage { get; private set; }

    public long? Limit { get; private set; }

    public long? FailCount { get; private set; }

    public long? SwapUsage { get; private set; }

    public long? SwapLimit { get; private set; }

    public long? KernelUsage { get; private set; }

    public long? KernelLimit { get; private set; }

    public bool IsEmpty => Statistics.Count == 0 && Usage is null;

    /// <summary>Reads a line; false when it is none of these.</summary>
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Memory cgroup stats for "u8))
        {
            BeginStatistics(text);
            return true;
        }
        if (_inStatistics && TryReadStatistic(text))
        {
            return true;
        }
        _inStatistics = false;
        return TryReadUsage(text);
    }

    private bool TryReadUsage(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf(": usage "u8);
        if (at <= 0 || !LogText.TryFind(text, ": usage "u8, out long used) || !LogText.TryFind(text, ", limit "u8, out long limit))
        {
            return false;
        }
        long? usage = LogText.Kibibytes(used);
        long? most = LimitOf(limit);
        ReadOnlySpan<byte> what = text[..at];
        if (what.SequenceEqual("memory"u8))
        {
            (Usage, Limit) = (usage, most);
            FailCount = LogText.TryFind(text, ", failcnt "u8, out long failures) ? failures : null;
        }
        else if (what.SequenceEqual("memory+swap"u8) || what.SequenceEqual("swap"u8))
        {
            (SwapUsage, SwapLimit) = (usage, most);
        }
        else if (what.SequenceEqual("kmem"u8))
        {
            (KernelUsage, KernelLimit) = (usage, most);
        }
        return true;
    }

    // No limit is the largest number of pages, which each kernel rounds in its own way.
    private static long? LimitOf(long kibibytes) => kibibytes >= long.MaxValue / 1024 - 1024 ? null : LogText.Kibibytes(kibibytes);

    private void BeginStatistics(ReadOnlySpan<byte> text)
    {
        // 3.10: "Memory cgroup stats for /a: cache:0KB rss:131072KB ...": the last colon before the values ends the name.
        int values = text.LastIndexOf(": cache:"u8);
        _inStatistics = values < 0 && Statistics.Count == 0;
        // Up to 5.1 each group below has such a line, and a line counts what is in that very group: only together are they the group's.
        ReadOnlySpan<byte> rest = values < 0 ? default : text[(values + 1)..];
        for (ReadOnlySpan<byte> word = LogText.TakeWord(ref rest); !word.IsEmpty; word = LogText.TakeWord(ref rest))
        {
            if (MemoryLines.TrySplit(word, "KB"u8, out ReadOnlySpan<byte> name, out long value) && LogText.Kibibytes(value) is long bytes)
            {
                MemoryLines.Sum(Statistics, name, bytes);
            }
        }
    }

    // "anon 131072000", since 5.2.
    private bool TryReadStatistic(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        ReadOnlySpan<byte> name = LogText.TakeWord(ref rest);
        if (name.IsEmpty || !MemoryLines.IsName(name) || !LogText.TryTakeNumber(ref rest, out long value) || value < 0 || !rest.IsEmpty)
        {
            return false;
        }
        MemoryLines.Add(Statistics, name, value);
        return true;
    }
}
