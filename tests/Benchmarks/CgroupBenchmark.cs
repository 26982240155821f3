using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>A tree of 10,000 memory groups, and one of 2,000 that this kernel really has, beside the reading of the same files with nothing made of them.</summary>
internal static class CgroupBenchmark
{
    private const int Parents = 100;
    // The kernel takes minutes to make and remove ten thousand.
    private const int LiveParents = 20;
    private const int Children = 99;
    private const int Rounds = 3;
    private const double Goal = 1.5;

    private static readonly (string File, string Text)[] Version2 =
    [
        ("memory.events", "low 0\nhigh 0\nmax 69\noom 2\noom_kill 4\noom_group_kill 1\n"), ("memory.swap.events", "high 0\nmax 0\nfail 0\n"),
        ("memory.max", "max\n"), ("memory.current", "17076224\n"), ("memory.peak", "134230016\n"), ("memory.min", "0\n"), ("memory.low", "0\n"),
        ("memory.high", "max\n"), ("memory.swap.current", "0\n"), ("memory.swap.max", "max\n"), ("memory.zswap.current", "0\n"),
        ("memory.zswap.max", "max\n"), ("memory.oom.group", "0\n"),
        ("memory.stat", string.Concat(Enumerable.Range(0, 75).Select(i => $"workingset_number_{i} {i * 4096}\n"))),
        ("memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=6374\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=6374\n"), ("cgroup.procs", "1\n2\n"),
    ];

    private static readonly string[] Version1 =
    [
        "memory.oom_control", "memory.stat", "memory.failcnt", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.usage_in_bytes",
        "memory.max_usage_in_bytes", "memory.soft_limit_in_bytes", "cgroup.procs",
    ];

    public static void Run(Table table)
    {
        Constructed(table);
        Live(table);
    }

    private static void Constructed(Table table)
    {
        string root = Directory.CreateTempSubdirectory("linuxmemory-bench-").FullName;
        try
        {
            string top = Path.Join(root, "sys/fs/cgroup");
            Directory.CreateDirectory(Path.Join(root, "proc/self"));
            File.WriteAllText(Path.Join(root, "proc/self/mountinfo"), "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
            List<string> groups = Make(top, Parents);
            foreach (string group in groups)
            {
                foreach ((string file, string text) in Version2)
                {
                    File.WriteAllText(Path.Join(group, file), text);
                }
            }
            Compare(table, "tree of files", Machine.At(root), "/", groups, [.. Version2.Select(file => file.File)]);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Live(Table table)
    {
        const string what = "Get-CgroupMemory -Recurse, groups of this computer";
        if (CgroupHierarchy.OfMemory(Machine.Live) is not { Version: 1 } hierarchy || Environment.UserName != "root")
        {
            table.Missing(what, "needs root and the memory controller of version 1");
            return;
        }
        string group = $"/linuxmemory-bench-{Environment.ProcessId}";
        string top = "/" + hierarchy.DirectoryOf(group);
        List<string> groups = [];
        try
        {
            groups.AddRange(Make(top, LiveParents));
            Compare(table, "groups of this computer", Machine.Live, group, groups, Version1);
        }
        finally
        {
            foreach (string directory in Directory.EnumerateDirectories(top).SelectMany(Directory.EnumerateDirectories).Concat(Directory.EnumerateDirectories(top)).Append(top).ToList())
            {
                Directory.Delete(directory);
            }
        }
    }

    private static void Compare(Table table, string where, Machine machine, string group, List<string> groups, string[] files)
    {
        CgroupTree tree = CgroupTree.Of(machine)!;
        double[] times = Timing.Medians(Rounds,
            Timing.InProcess(() =>
            {
                int count = tree.ReadAll(group, (name, e) => throw new InvalidOperationException(name, e)).Count();
                if (count < groups.Count)
                {
                    throw new InvalidOperationException($"{count} groups in place of {groups.Count}");
                }
            }),
            Timing.InProcess(() =>
            {
                foreach (string directory in groups)
                {
                    foreach (string file in files)
                    {
                        RawReading.ReadAway($"{directory}/{file}");
                    }
                }
            }));
        table.Within($"Get-CgroupMemory -Recurse, {groups.Count:#,0} groups, {where}", ("tree", times[0]), ("reading the files", times[1]), Goal);
    }

    private static List<string> Make(string top, int parents)
    {
        List<string> groups = [];
        for (int parent = 0; parent < parents; parent++)
        {
            string above = Path.Join(top, $"parent{parent}.slice");
            groups.Add(above);
            groups.AddRange(Enumerable.Range(0, Children).Select(child => Path.Join(above, $"child-{child}.service")));
        }
        foreach (string group in groups)
        {
            Directory.CreateDirectory(group);
        }
        return groups;
    }
}
