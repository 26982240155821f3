using System.Buffers;

namespace LinuxMemory;

internal sealed partial class OomReport
{
    private static readonly SearchValues<byte> RegisterNames = SearchValues.Create("ABCDEFGIPRSTX0123456789abcdefghilnoprstx "u8);

    /// <summary>"... invoked oom-killer: ...": a report begins.</summary>
    public void AddInvocation(KernelMessage message)
    {
        _invocation = OomInvocation.Read(message.Text);
        // The SysRq is handled in a worker, which has another id than who pressed it.
        Caller = message.Caller;
        _isSysRq |= _invocation.Order == -1;
        // printk's caller is the thread; a CPU is none.
        _invokerId = message.Caller is > 0 and < 0x8000_0000 ? (int)message.Caller : null;
        Touch(message);
    }

    /// <summary>"sysrq: Manual OOM execution".</summary>
    public void AddSysRq(KernelMessage message)
    {
        _isSysRq = true;
        Touch(message);
    }

    /// <summary>"Out of memory: Kill process 9 (a) score 9 or sacrifice child".</summary>
    public void AddChoice(KernelMessage message, KillLine choice)
    {
        _choice = choice;
        Touch(message);
    }

    /// <summary>"... Killed process 9 (a) ...".</summary>
    public void AddKill(KernelMessage message, KillLine kill)
    {
        if (_kills.Count < MostKills)
        {
            _kills.Add(new Kill(kill, message.Uptime, message.Time));
        }
        _outcome = OomOutcome.Killed;
        Touch(message);
    }

    /// <summary>"oom-kill:constraint=...".</summary>
    public void AddSummary(KernelMessage message, OomSummary summary)
    {
        _summary = summary;
        Touch(message);
    }

    /// <summary>"Tasks in /a are going to be killed due to memory.oom.group set".</summary>
    public void AddGroup(KernelMessage message)
    {
        _isGroup = true;
        ReadOnlySpan<byte> path = message.Text["Tasks in ".Length..];
        int end = path.LastIndexOf(" are going to be killed"u8);
        _taskCgroup ??= end > 0 ? LogText.Plain(path[..end]) : null;
        Touch(message);
    }

    /// <summary>"oom_reaper: reaped process 9 (a), now anon-rss:0kB, ...".</summary>
    public void AddReaped(KernelMessage message, int id)
    {
        _reaped.Add(id);
        Touch(message);
    }

    /// <summary>The header or a row of the task table.</summary>
    public void AddTask(KernelMessage message, OomLineKind kind)
    {
        if (kind == OomLineKind.TaskHeader)
        {
            _tasks.ReadHeader(message.Text);
        }
        else
        {
            _tasks.ReadRow(message.Text);
        }
        Touch(message);
    }

    /// <summary>Any other line. What belongs to no report is left out, so that lines of others between ours do not get in.</summary>
    public void AddBody(KernelMessage message, OomLineKind kind)
    {
        ReadOnlySpan<byte> text = message.Text;
        switch (kind)
        {
            case OomLineKind.SharedKill:
                AddShared(text);
                break;
            case OomLineKind.LimitOf:
                int at = text.IndexOf(OomLine.KilledForLimit);
                _taskCgroup = LogText.Plain(text["Task in ".Length..at]);
                _limitOf = LogText.Plain(text[(at + OomLine.KilledForLimit.Length)..]);
                break;
            case OomLineKind.Panic:
                _outcome = OomOutcome.Panic;
                break;
            case OomLineKind.NoVictim:
                _outcome = OomOutcome.NoVictim;
                break;
            case OomLineKind.AlreadyExiting:
                _outcome = OomOutcome.AlreadyExiting;
                break;
            default:
                if (!ReadContext(text) && !ReadMemory(message) && !IsStack(text))
                {
                    return;
                }
                break;
        }
        Touch(message);
    }

    // The totals of Mem-Info and, from 5.2 to 6.3, the statistics of a cgroup are one message of several lines:
    // \x0a in /dev/kmsg, #012 by rsyslog, lines of their own elsewhere.
    private bool ReadMemory(KernelMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (message.IsContinuation && !_inLines)
        {
            return false;
        }
        if (!text.StartsWith("active_anon:"u8) && !text.StartsWith("anon "u8))
        {
            _inLines &= message.IsContinuation;
            return _memory.TryRead(text);
        }
        bool isRead = false;
        for (int end = 0; end >= 0;)
        {
            end = text.IndexOfAny((byte)'\n', (byte)'\\', (byte)'#');
            isRead |= _memory.TryRead(end < 0 ? text : text[..end]);
            text = end < 0 ? text : text[end..];
            if (end >= 0 && !LogText.TrySkip(ref text, "\\x0a"u8) && !LogText.TrySkip(ref text, "#012"u8))
            {
                text = text[1..];
            }
        }
        _inLines = isRead;
        return isRead;
    }

    // "CPU: 1 UID: 0 PID: 205 Comm: memtool Not tainted 6.12.117+deb12-amd64 #1", "Pid: 4212, comm: mysqld Not tainted 2.6.32-431.el6.x86_64 #1",
    // "mysqld cpuset=/ mems_allowed=0".
    private bool ReadContext(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("CPU: "u8) || text.StartsWith("Pid: "u8))
        {
            if (LogText.TryFind(text, "PID: "u8, out long id) || LogText.TryFind(text, "Pid: "u8, out id))
            {
                _invokerId = id is >= 0 and <= int.MaxValue ? (int)id : _invokerId;
            }
            ReadOnlySpan<byte> release = text[..Math.Max(0, text.LastIndexOf(" #"u8))];
            release = release[(release.LastIndexOf((byte)' ') + 1)..];
            _release ??= release.IsEmpty ? null : LogText.Plain(release);
            return true;
        }
        int cpuset = text.IndexOf(" cpuset="u8);
        int mems = text.LastIndexOf(" mems_allowed="u8);
        if (cpuset <= 0 || mems < cpuset)
        {
            return false;
        }
        _cpuset = LogText.Plain(text[(cpuset + " cpuset=".Length)..mems]);
        _memsAllowed = LogText.Plain(text[(mems + " mems_allowed=".Length)..]);
        return true;
    }

    // The stack and the registers of who asked, and the table of slabs.
    private bool IsStack(ReadOnlySpan<byte> text) => _invocation is not null && _memory.IsEmpty && _tasks.Count == 0
        ? text.IndexOf("+0x"u8) > 0 || text.StartsWith("Call Trace"u8) || text.StartsWith("<"u8) || text.StartsWith("Hardware name: "u8) || text.StartsWith("Code: "u8)
            || text.StartsWith("Workqueue: "u8) || text.StartsWith("Tainted: "u8) || text.StartsWith("Modules linked in:"u8) || IsRegisters(text)
        : text.StartsWith("Tasks state "u8) || text.StartsWith("Unreclaimable slab info:"u8) || (text.StartsWith("Node "u8) && text.EndsWith("kB"u8));

    // "RIP: 0033:0x402562", "RSP: 002b:00007ffdf6635250 EFLAGS: 00000206", "R13: 0000000000000190 R14: ...", "pc : ..." on ARM.
    private static bool IsRegisters(ReadOnlySpan<byte> text)
    {
        int colon = text[..Math.Min(text.Length, 9)].IndexOf((byte)':');
        return colon is >= 2 and <= 8 && text.Length > colon + 4 && text[colon + 1] == ' ' && !text[..colon].ContainsAnyExcept(RegisterNames)
            && Uri.IsHexDigit((char)text[colon + 2]);
    }

    // "Kill process 10 (b) sharing same memory": killed, too, though no counter counts it.
    private void AddShared(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text["Kill process ".Length..];
        int end = rest.LastIndexOf(") sharing same memory"u8);
        int open = rest.IndexOf(" ("u8);
        if (LogText.TryTakeNumber(ref rest, out int id) && open > 0 && end >= open + 2 && _shared.Count < MostKills)
        {
            _shared.Add(new OomVictim { Id = id, Name = LogText.Plain(text["Kill process ".Length..][(open + 2)..end]) });
        }
    }
}
