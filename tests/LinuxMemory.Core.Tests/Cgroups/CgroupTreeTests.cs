using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class CgroupTreeTests : IDisposable
{
    private const string Top = "sys/fs/cgroup";

    private readonly TemporaryTree _tree = new();

    public CgroupTreeTests() => _tree.Write("proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Version_2_says_use_limits_events_and_who_limits()
    {
        CgroupMemory[] groups = All(Fixture.Machine("6.12.117+deb12-amd64-cgroup2-oom"));

        Assert.Equal(["/", "/app.slice", "/app.slice/worker.service"], groups.Select(group => group.Path));
        Assert.Equal((null, null, null, 65), (groups[0].Current, groups[0].Max, groups[0].LimitedBy, groups[0].ProcessCount));
        CgroupMemory slice = groups[1];
        Assert.Equal((17076224, 134230016, 0, 0, null, 268435456), (slice.Current, slice.Peak, slice.Min, slice.Low, slice.High, slice.Max));
        Assert.Equal((0, null, 0, null, false), (slice.SwapCurrent, slice.SwapMax, slice.ZswapCurrent, slice.ZswapMax, slice.KillsTogether));
        Assert.Equal((4, 69, 1), (slice.OomKills, slice.Events["max"], slice.Events["OomGroupKill"]));
        Assert.Equal(16846848, slice.Statistics["anon"]);
        Assert.Equal(TimeSpan.FromMicroseconds(6374), slice.Pressure!.SomeTotal);
        Assert.Equal("app.slice", slice.Unit);
        CgroupMemory worker = groups[2];
        Assert.Equal((134217728, "/app.slice/worker.service"), (worker.EffectiveMax, worker.LimitedBy));
        Assert.Equal("worker.service", worker.Unit);
        Assert.Equal([221], worker.Processes);
        Assert.All(groups, group => Assert.Empty(group.Denied));
    }

    [Fact]
    public void Version_1_says_the_same_as_far_as_it_can()
    {
        CgroupMemory app = All(Fixture.Machine("6.1.0-56-amd64-cgroup1-nopsi")).Single(group => group.Path == "/app");

        Assert.Equal((1, 25411584, 25411584, 67108864), (app.Version, app.Current, app.Peak, app.Max));
        Assert.Equal((null, null, null, null), (app.Min, app.Low, app.High, app.SwapMax));
        Assert.Equal((67108864, "/app", 0, false), (app.EffectiveMax, app.LimitedBy, app.OomKills, app.IsKillDisabled));
        Assert.Equal(25227264, app.Statistics["total_rss"]);
        Assert.Null(app.Pressure);
        Assert.Equal([140], app.Processes);
    }

    [Fact]
    public void A_limit_comes_down_from_the_group_that_sets_it()
    {
        Group("a", "409600");
        Group("a/b", "max");
        Group("a/b/c", "819200");
        Group("a/b/d", "409600");
        Group("e", "max");

        Assert.Equal(
            ["/a 409600 /a", "/a/b 409600 /a", "/a/b/c 409600 /a", "/a/b/d 409600 /a/b/d", "/e  "],
            All(_tree.Machine).Skip(1).Select(group => $"{group.Path} {group.EffectiveMax} {group.LimitedBy}"));
        // Read alone a group knows the same.
        CgroupTree tree = CgroupTree.Of(_tree.Machine)!;
        Assert.Equal((409600, "/a"), (tree.Read("/a/b/c").EffectiveMax, tree.Read("/a/b/c").LimitedBy));
    }

    [Fact]
    public void Names_with_blanks_unicode_and_backslashes_are_names()
    {
        string[] names = ["a b", "ü€", @"dev-disk-by\x2dlabel.swap", "tab\there", "[x]", "*", "line\nfeed"];
        foreach (string name in names)
        {
            Group(name, "4096");
        }

        Assert.Equal(names.Order(StringComparer.Ordinal).Select(name => "/" + name), All(_tree.Machine).Skip(1).Select(group => group.Path));
    }

    [Fact]
    public void A_link_is_no_group()
    {
        Group("a", "max");
        Directory.CreateSymbolicLink(_tree.PathOf($"{Top}/a/up"), "..");

        Assert.Equal(["/", "/a"], All(_tree.Machine).Select(group => group.Path));
    }

    [Fact]
    public void A_garbled_group_is_reported_and_the_walk_goes_on_below_it()
    {
        Group("a", "maybe");
        Group("a/b", "4096");
        Group("c", "max");
        List<string> reported = [];

        IEnumerable<CgroupMemory> groups = CgroupTree.Of(_tree.Machine)!.ReadAll("/", (group, e) => reported.Add($"{group} {Assert.IsType<KernelFormatException>(e).Line}"));

        Assert.Equal(["/", "/a/b", "/c"], groups.Select(group => group.Path));
        Assert.Equal(["/a 1"], reported);
    }

    [Fact]
    public void Groups_that_are_removed_while_the_tree_is_walked_are_left_out()
    {
        for (int i = 0; i < 200; i++)
        {
            Group($"g{i:000}/inner", "max");
            Group($"g{i:000}", "4096");
        }
        List<string> reported = [];
        List<string> seen = [];
        foreach (CgroupMemory group in CgroupTree.Of(_tree.Machine)!.ReadAll("/", (group, _) => reported.Add(group)))
        {
            seen.Add(group.Path);
            if (group.Path.Length == 5 && int.Parse(group.Path[2..], System.Globalization.CultureInfo.InvariantCulture) is int number && number % 2 == 0)
            {
                Directory.Delete(_tree.PathOf($"{Top}/g{number + 1:000}"), recursive: true);
                Directory.Delete(_tree.PathOf($"{Top}/g{number:000}/inner"), recursive: true);
            }
        }

        Assert.Empty(reported);
        Assert.Equal(101, seen.Count);
    }

    [Fact]
    public void A_group_that_is_not_there_is_an_exception()
    {
        Group("a", "max");
        CgroupTree tree = CgroupTree.Of(_tree.Machine)!;

        Assert.True(Assert.Throws<KernelException>(() => tree.Read("/b")).IsAbsent);
        Assert.True(Assert.Throws<KernelException>(() => tree.ReadAll("/b", (_, _) => { }).ToList()).IsAbsent);
    }

    private static CgroupMemory[] All(Machine machine) =>
        [.. CgroupTree.Of(machine)!.ReadAll("/", (group, e) => Assert.Fail($"{group}: {e}"))];

    private void Group(string group, string max)
    {
        _tree.Write($"{Top}/{group}/memory.max", max + "\n");
        _tree.Write($"{Top}/{group}/memory.current", "4096\n");
        _tree.Write($"{Top}/{group}/cgroup.procs", "");
    }
}
