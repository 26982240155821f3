using System.Buffers.Text;

namespace LinuxMemory;

/// <summary>
/// The lines that name who is chosen and who is killed. Names stand between parentheses and may hold anything up to 15 bytes,
/// so what follows them is looked for from the right.
/// 2.6.32: "Out of memory: kill process 9 (a) score 4 or a child", "Killed process 9 (a)"; 3.x and 4.x: "Out of memory: Kill process 9 (a)
/// score 9 or sacrifice child", "Killed process 9 (a) total-vm:47388kB, anon-rss:3744kB, file-rss:80kB"; 5.x: "Memory cgroup out of memory:
/// Killed process 9 (a) total-vm:..., shmem-rss:0kB, UID:0 pgtables:252kB oom_score_adj:0". Virtuozzo's and OpenVZ's 2.6.32: "Out of memory
/// in UB 101: OOM killed process 9 (a) score 0 vm:47388kB, rss:3744kB, swap:0kB".
/// </summary>
internal readonly record struct KillLine
{
    private KillLine(OomEventScope? scope, int id, string name) => (Scope, Id, Name) = (scope, id, name);

    /// <summary>What had run out, from the words before the kill; null when there are none.</summary>
    public OomEventScope? Scope { get; }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>The process's name.</summary>
    public string Name { get; }

    /// <summary>True when vm.oom_kill_allocating_task chose it.</summary>
    public bool IsAllocatingTask { get; private init; }

    /// <summary>The score of a process that is chosen; null for one that is killed.</summary>
    public long? Score { get; private init; }

    /// <summary>The user; null when the line does not say.</summary>
    public long? UserId { get; private init; }

    /// <summary>Bytes of address space.</summary>
    public long? TotalVm { get; private init; }

    /// <summary>Anonymous bytes.</summary>
    public long? AnonRss { get; private init; }

    /// <summary>Bytes of files.</summary>
    public long? FileRss { get; private init; }

    /// <summary>Bytes of shared memory.</summary>
    public long? ShmemRss { get; private init; }

    /// <summary>The number behind "pgtables:", which says kB; the first kernels of 5.4 wrote bytes.</summary>
    public long? PageTablesAsWritten { get; private init; }

    /// <summary>Bytes in swap.</summary>
    public long? Swap { get; private init; }

    /// <summary>The container of Virtuozzo or OpenVZ that had reached its limit, "UB 101"; null elsewhere.</summary>
    public string? Container { get; private init; }

    /// <summary>The adjustment.</summary>
    public int? OomScoreAdj { get; private init; }

    /// <summary>True for the words that a kill begins with, whatever follows.</summary>
    public static bool IsBegin(ReadOnlySpan<byte> text) => TryReadHead(ref text, "illed process "u8, out Head _) || TryReadHead(ref text, "ill process "u8, out Head _) || text.StartsWith("Out of memory in UB "u8);

    /// <summary>Reads "...: Kill process 9 (a) score 9 or sacrifice child".</summary>
    public static bool TryReadChoice(ReadOnlySpan<byte> text, out KillLine line)
    {
        line = default;
        if (!TryReadHead(ref text, "ill process "u8, out Head head) || !LogText.TryTakeNumber(ref text, out int id) || id < 0)
        {
            return false;
        }
        int end = text.LastIndexOf(") score "u8);
        if (!LogText.TrySkip(ref text, " ("u8) || end < 2)
        {
            return false;
        }
        end -= 2;
        line = new KillLine(head.Scope, id, LogText.Plain(text[..end]))
        {
            IsAllocatingTask = head.IsAllocatingTask,
            Score = Utf8Parser.TryParse(text[(end + ") score ".Length)..], out long score, out int _) ? score : null,
        };
        return true;
    }

    /// <summary>Reads "...Killed process 9 (a) total-vm:47388kB, ...".</summary>
    public static bool TryReadKill(ReadOnlySpan<byte> text, out KillLine line)
    {
        line = default;
        if (!TryReadHead(ref text, "illed process "u8, out Head head) || !LogText.TryTakeNumber(ref text, out int id) || id < 0)
        {
            return false;
        }
        int open = text.IndexOf((byte)'(');
        if (open < 0)
        {
            return false;
        }
        ReadOnlySpan<byte> before = text[..open];
        text = text[(open + 1)..];
        int end = EndOfName(text);
        if (end < 0)
        {
            return false;
        }
        ReadOnlySpan<byte> facts = text[end..];
        line = new KillLine(head.Scope, id, LogText.Plain(text[..end]))
        {
            IsAllocatingTask = head.IsAllocatingTask,
            UserId = NumberBehind(facts, "UID:"u8) ?? NumberBehind(facts, ", UID "u8) ?? NumberBehind(before, ", UID "u8),
            Container = head.Container,
            Score = head.Container is not null && LogText.TryFind(facts, ") score "u8, out long score) ? score : null,
            Swap = Size(facts, " swap:"u8),
            TotalVm = Size(facts, "total-vm:"u8) ?? Size(facts, "vsz:"u8) ?? Size(facts, " vm:"u8),
            AnonRss = Size(facts, "anon-rss:"u8),
            FileRss = Size(facts, "file-rss:"u8),
            ShmemRss = Size(facts, "shmem-rss:"u8),
            PageTablesAsWritten = NumberBehind(facts, "pgtables:"u8),
            OomScoreAdj = LogText.TryFind(facts, "oom_score_adj:"u8, out long adjustment) && adjustment is >= -1000 and <= 1000 ? (int)adjustment : null,
        };
        return true;
    }

    private readonly record struct Head(OomEventScope? Scope, bool IsAllocatingTask = false, string? Container = null);

    /// <summary>The words that the kernel puts before a kill; true also when there are none.</summary>
    private static bool TryReadHead(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> verb, out Head head)
    {
        head = default;
        ReadOnlySpan<byte> rest = text;
        if (LogText.TrySkip(ref rest, "Memory cgroup out of memory: "u8))
        {
            head = new Head(OomEventScope.Cgroup);
        }
        else if (LogText.TrySkip(ref rest, "Out of memory (oom_kill_allocating_task): "u8))
        {
            head = new Head(OomEventScope.System, IsAllocatingTask: true);
        }
        else if (LogText.TrySkip(ref rest, "Out of memory: "u8) || LogText.TrySkip(ref rest, "Out of Memory: "u8))
        {
            head = new Head(OomEventScope.System);
        }
        else if (LogText.TrySkip(ref rest, "No available memory (MPOL_BIND): "u8))
        {
            head = new Head(OomEventScope.Policy);
        }
        else if (LogText.TrySkip(ref rest, "No available memory in cpuset: "u8))
        {
            head = new Head(OomEventScope.Cpuset);
        }
        else if (LogText.TrySkip(ref rest, "Out of memory in UB "u8))
        {
            int colon = rest.IndexOf(": "u8);
            if (colon is < 1 or > 20)
            {
                return false;
            }
            head = new Head(OomEventScope.Cgroup, Container: "UB " + LogText.Plain(rest[..colon]));
            rest = rest[(colon + 2)..];
        }
        LogText.TrySkip(ref rest, "OOM "u8);
        if ((!LogText.TrySkip(ref rest, "K"u8) && !LogText.TrySkip(ref rest, "k"u8)) || !LogText.TrySkip(ref rest, verb))
        {
            return false;
        }
        text = rest;
        return true;
    }

    // The last place counts: the name may imitate one before.
    private static int EndOfName(ReadOnlySpan<byte> text)
    {
        int end = Math.Max(text.LastIndexOf(") total-vm:"u8), Math.Max(text.LastIndexOf("), UID "u8), Math.Max(text.LastIndexOf(") vsz:"u8), text.LastIndexOf(") score "u8))));
        return end >= 0 ? end : text.LastIndexOf((byte)')');
    }

    private static long? NumberBehind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label) =>
        LogText.TryFind(text, label, out long value) && value >= 0 ? value : null;

    private static long? Size(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label) => NumberBehind(text, label) is long value ? LogText.Kibibytes(value) : null;
}
