namespace LinuxMemory;

/// <summary>A line of a log that the kernel wrote, without the log's own prefix. Valid until the next line is read.</summary>
internal ref struct KernelMessage
{
    /// <summary>What the kernel said.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Microseconds since the machine started; -1 when the log does not say.</summary>
    public long Uptime;

    /// <summary>The time that the log wrote; null when it does not say.</summary>
    public DateTimeOffset? Time;

    /// <summary>True when the time rests on the log file's own.</summary>
    public bool IsTimeEstimated;

    /// <summary>Who printed it (CONFIG_PRINTK_CALLER, since 5.1): a thread's id, or a CPU with the highest bit set; 0 when the log does not say.</summary>
    public uint Caller;

    /// <summary>The number of the line, for what lies too far behind; lines that were skipped do not count.</summary>
    public long Line;

    /// <summary>Goes on with the message before it, on a line of its own.</summary>
    public bool IsContinuation;

    /// <summary>Goes on with the line before it: a fragment of /dev/kmsg, whose printing was not in one piece (3.5 to 4.9).</summary>
    public bool IsFragment;

    /// <summary>A line that does not say who wrote it, in a log whose other lines do: perhaps the rest of the line before, which was wrapped.</summary>
    public bool IsLoose;
}
