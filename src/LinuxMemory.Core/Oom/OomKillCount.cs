using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How many kills the kernel counted since the machine started, beside those that its logs show.</summary>
public sealed record OomKillCount
{
    /// <summary>What the kernel counted. Source: oom_kill in /proc/vmstat, since 4.13. The first victim of a group counts twice.</summary>
    public required long Counted { get; init; }

    /// <summary>What the events count together in the same way.</summary>
    public required long Logged { get; init; }

    /// <summary>Kills that no log shows: never below 0.</summary>
    public long Missing => Math.Max(0, Counted - Logged);

    /// <summary>
    /// The groups in which more was counted than the events show, and how much more; processes that were killed in a group that
    /// is gone are in none. Source: oom_kill in memory.events, cgroup v2.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Groups { get; init; }

    /// <summary>Compares; null where the kernel does not count.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="kills">How many kills its events of this start count, by the group of the victim; "" where the log does not say.</param>
    /// <exception cref="KernelException">A file is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomKillCount? Read(Machine machine, IReadOnlyDictionary<string, long> kills)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(kills);
        using KernelReader? reader = machine.TryRead("proc/vmstat");
        if (reader is null || CgroupCountFile.Find(reader, "oom_kill"u8) is not long counted)
        {
            return null;
        }
        long logged = kills.Values.Sum();
        return new OomKillCount { Counted = counted, Logged = logged, Groups = counted > logged ? Compare(machine, kills) : new Dictionary<string, long>() };
    }

    private static Dictionary<string, long> Compare(Machine machine, IReadOnlyDictionary<string, long> kills)
    {
        Dictionary<string, long> groups = [];
        if (CgroupTree.Of(machine) is not CgroupTree tree)
        {
            return groups;
        }
        Stack<string> next = new(tree.Below("/").Select(name => "/" + name));
        while (next.TryPop(out string? group))
        {
            // The count of a group includes those below it.
            long own = CountOf(machine, tree, group);
            if (own == 0)
            {
                continue;
            }
            foreach (string below in tree.Below(group).Select(name => $"{group}/{name}"))
            {
                own -= CountOf(machine, tree, below);
                next.Push(below);
            }
            long missing = own - kills.GetValueOrDefault(group);
            if (missing > 0)
            {
                groups.Add(group, missing);
            }
        }
        return groups;
    }

    private static long CountOf(Machine machine, CgroupTree tree, string group)
    {
        try
        {
            using KernelReader? reader = machine.TryRead($"{tree.Hierarchy.DirectoryOf(group)}/memory.events");
            return reader is null ? 0 : CgroupCountFile.Find(reader, "oom_kill"u8) ?? 0;
        }
        catch (KernelException)
        {
            // A group that was removed while we looked.
            return 0;
        }
    }
}
