using System.Buffers;

namespace LinuxMemory;

/// <summary>
/// The one line about the choice, since 5.0: "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=a.service,mems_allowed=0,
/// oom_memcg=/a,task_memcg=/a/b,task=memtool,pid=205,uid=0", or with "global_oom" in place of oom_memcg. Names of cgroups and of
/// tasks may hold anything but a newline.
/// </summary>
internal sealed record OomSummary
{
    private static readonly SearchValues<byte> NodeList = SearchValues.Create("0123456789-,"u8);

    public required string Constraint { get; init; }

    public required OomEventScope? Scope { get; init; }

    public string? NodeMask { get; private init; }

    public string? Cpuset { get; private init; }

    public string? MemsAllowed { get; private init; }

    public string? Cgroup { get; private init; }

    public string? TaskCgroup { get; private init; }

    public string? TaskName { get; private init; }

    public int? TaskId { get; private init; }

    public long? TaskUserId { get; private init; }

    public static OomSummary Read(ReadOnlySpan<byte> text)
    {
        string constraint = LogText.Find(text, "constraint="u8, ","u8) ?? "";
        int task = text.LastIndexOf(",task="u8);
        int id = text.LastIndexOf(",pid="u8);
        (string? cgroup, string? taskCgroup) = Cgroups(task < 0 ? text : text[..task]);
        return new OomSummary
        {
            Constraint = constraint,
            Scope = ScopeOf(constraint),
            NodeMask = OomInvocation.NodesOf(Nodes(text, ",nodemask="u8)),
            Cpuset = LogText.Find(text, ",cpuset="u8, ",mems_allowed="u8),
            MemsAllowed = Nodes(text, ",mems_allowed="u8),
            Cgroup = cgroup,
            TaskCgroup = taskCgroup,
            TaskName = task >= 0 && id > task ? LogText.Plain(text[(task + ",task=".Length)..id]) : null,
            TaskId = id >= 0 && LogText.TryFind(text[id..], ",pid="u8, out long pid) && pid is >= 0 and <= int.MaxValue ? (int)pid : null,
            TaskUserId = id >= 0 && LogText.TryFind(text[id..], ",uid="u8, out long user) && user is >= 0 and <= uint.MaxValue ? user : null,
        };
    }

    private static OomEventScope? ScopeOf(string constraint) => constraint switch
    {
        "CONSTRAINT_NONE" => OomEventScope.System,
        "CONSTRAINT_MEMCG" => OomEventScope.Cgroup,
        "CONSTRAINT_CPUSET" => OomEventScope.Cpuset,
        "CONSTRAINT_MEMORY_POLICY" => OomEventScope.Policy,
        _ => null,
    };

    // Without NUMA there are no nodes to list: "(null)", and no cpuset.
    private static string? Nodes(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
    {
        int at = text.IndexOf(label);
        if (at < 0)
        {
            return null;
        }
        ReadOnlySpan<byte> nodes = text[(at + label.Length)..];
        int end = nodes.IndexOfAnyExcept(NodeList);
        return LogText.Plain((end < 0 ? nodes : nodes[..end]).TrimEnd((byte)','));
    }

    // The task's group lies in the one that reached its limit: that tells the right comma when their names hold such words.
    private static (string? Cgroup, string? TaskCgroup) Cgroups(ReadOnlySpan<byte> text)
    {
        int start = text.IndexOf(",oom_memcg="u8);
        if (start < 0)
        {
            return (null, LogText.Find(text, ",task_memcg="u8, "\n"u8));
        }
        ReadOnlySpan<byte> rest = text[(start + ",oom_memcg=".Length)..];
        int from = 0;
        for (int at = rest.IndexOf(",task_memcg="u8); at >= 0;)
        {
            ReadOnlySpan<byte> task = rest[(at + ",task_memcg=".Length)..];
            if (task.StartsWith(rest[..at]))
            {
                return (LogText.Plain(rest[..at]), LogText.Plain(task));
            }
            from = at + 1;
            int next = rest[from..].IndexOf(",task_memcg="u8);
            at = next < 0 ? -1 : from + next;
        }
        return (LogText.Find(rest, default, ",task_memcg="u8), LogText.Find(rest, ",task_memcg="u8, "\n"u8));
    }
}
