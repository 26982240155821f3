namespace LinuxMemory;

/// <summary>What a line of the kernel's has to do with a kill for memory.</summary>
internal enum OomLineKind
{
    None,
    Invocation,
    SysRq,
    Choice,
    Kill,
    SharedKill,
    Summary,
    GroupKill,
    Reaped,
    TaskHeader,
    TaskRow,
    LimitOf,
    Panic,
    NoVictim,
    AlreadyExiting,
    Body,
}

/// <summary>
/// Tells the lines of a report apart by how they begin: names, which may hold anything, stand behind that, but for the one
/// name before " invoked oom-killer:", which has at most 15 bytes.
/// </summary>
internal static class OomLine
{
    // 15 bytes, each escaped to four.
    private const int LongestName = 60;

    /// <summary>The words behind the name of who asked for memory.</summary>
    public static ReadOnlySpan<byte> Invoked => " invoked oom-killer:"u8;

    /// <summary>The same up to 2.6.16, which named nobody.</summary>
    public static ReadOnlySpan<byte> NamelessInvocation => "oom-killer: gfp_mask="u8;

    /// <summary>The words between a task's cgroup and the one that reached its limit, up to 4.20.</summary>
    public static ReadOnlySpan<byte> KilledForLimit => " killed as a result of limit of "u8;

    /// <summary>What the line is; Body for whatever else a report may hold.</summary>
    public static OomLineKind KindOf(ReadOnlySpan<byte> text)
    {
        int invoked = text.LastIndexOf(Invoked);
        if (invoked is > 0 and <= LongestName || text.StartsWith(NamelessInvocation))
        {
            return OomLineKind.Invocation;
        }
        switch (text[0])
        {
            case (byte)'[':
                return TaskTable.IsHeader(text) ? OomLineKind.TaskHeader : TaskTable.IsRow(text) ? OomLineKind.TaskRow : OomLineKind.Body;
            case (byte)'o':
                return text.StartsWith("oom-kill:constraint="u8) ? OomLineKind.Summary : text.StartsWith("oom_reaper: reaped process "u8) ? OomLineKind.Reaped : OomLineKind.Body;
            case (byte)'T':
                return text.StartsWith("Tasks in "u8) && text.EndsWith(" memory.oom.group set"u8) ? OomLineKind.GroupKill
                    : text.StartsWith("Task in "u8) && text.IndexOf(KilledForLimit) > 0 ? OomLineKind.LimitOf
                    : OomLineKind.Body;
            case (byte)'s' or (byte)'S':
                return text.IndexOf("Manual OOM execution"u8) is > 0 and < 10 ? OomLineKind.SysRq : OomLineKind.Body;
            case (byte)'K' when text.StartsWith("Kernel panic - not syncing: "u8):
                return text.IndexOf("panic_on_oom"u8) > 0 || text.IndexOf("ut of memory and no killable"u8) > 0 || text.IndexOf("out of memory. "u8) > 0 || text.EndsWith("deadlocked on memory"u8)
                    ? OomLineKind.Panic
                    : OomLineKind.Body;
            case (byte)'K' or (byte)'M' or (byte)'O' or (byte)'N':
                return KindOfKill(text);
            default:
                return OomLineKind.Body;
        }
    }

    /// <summary>True for a line that may be cut by a newline in the name it holds.</summary>
    public static bool HasName(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'K' or (byte)'k' or (byte)'M' or (byte)'O' or (byte)'N' or (byte)'o' or (byte)'T' or (byte)'['))
        {
            return false;
        }
        return KillLine.IsBegin(text) || text.StartsWith("oom-kill:constraint="u8) || text.StartsWith("Task in "u8) || text.StartsWith("Tasks in "u8)
            || (text[0] == '[' && (TaskTable.IsRow(text) || text.IndexOf(" total_vm "u8) > 0));
    }

    private static OomLineKind KindOfKill(ReadOnlySpan<byte> text)
    {
        if (KillLine.TryReadKill(text, out _))
        {
            return OomLineKind.Kill;
        }
        if (KillLine.TryReadChoice(text, out _))
        {
            return OomLineKind.Choice;
        }
        if (text.StartsWith("Kill process "u8) && text.EndsWith(" sharing same memory"u8))
        {
            return OomLineKind.SharedKill;
        }
        if (text.StartsWith("Out of memory and no killable processes"u8))
        {
            return OomLineKind.NoVictim;
        }
        return text.IndexOf("OOM victim "u8) > 0 && text.EndsWith(" is already exiting. Skip killing the task"u8) ? OomLineKind.AlreadyExiting : OomLineKind.Body;
    }
}
