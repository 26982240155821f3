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

    /// <summary>A record of /dev/kmsg or a line of its properties.</summary>
    public bool IsRecord;

    /// <summary>
    /// A record with the flag +, which goes on with the one before it (3.5 to 4.9), or with the flag c: up to 4.9 it begins a line in
    /// pieces, or goes on with one when another record came between; since 4.10 it always goes on with what its caller printed before.
    /// </summary>
    public FragmentKind Fragment;

    /// <summary>A line that does not say who wrote it, in a log whose other lines do: perhaps the rest of the line before, which was wrapped.</summary>
    public bool IsLoose;
}

/// <summary>What the flags of a record of /dev/kmsg say about its line.</summary>
internal enum FragmentKind
{
    /// <summary>The line begins with it.</summary>
    None,

    /// <summary>+</summary>
    Next,

    /// <summary>c</summary>
    Piece,
}
