using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class EffectiveLimitTests : IDisposable
{
    private const string Version2 = "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
    private const string Version1 = "1 2 0:4 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
    private const string Unlimited1 = "9223372036854771712\n";

    private readonly string _root = Directory.CreateTempSubdirectory("linuxmemory-limit-").FullName;

    public EffectiveLimitTests() => File("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 500 kB\nMemAvailable: 800 kB\n");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_smallest_limit_of_all_groups_above_counts()
    {
        Join("0::/a/b/c\n", Version2);
        Group2("a", "409600", 204800, 51200);
        Group2("a/b", "307200", 204800, 51200);
        Group2("a/b/c", "max", 4096, 0);

        AssertLimit(307200, 307200 - (204800 - 51200), "/a/b");
    }

    [Fact]
    public void The_nearest_of_equal_limits_is_named()
    {
        Join("0::/a/b\n", Version2);
        Group2("a", "307200", 300000, 0);
        Group2("a/b", "307200", 100000, 0);

        AssertLimit(307200, 7200, "/a/b");
    }

    [Fact]
    public void A_fuller_group_with_a_larger_limit_can_leave_less()
    {
        Join("0::/a/b\n", Version2);
        Group2("a", "409600", 389120, 0);
        Group2("a/b", "204800", 4096, 0);

        AssertLimit(204800, 409600 - 389120, "/a/b");
    }

    [Fact]
    public void In_version_1_too_a_fuller_parent_can_leave_less()
    {
        Join("4:memory:/a/b\n", Version1);
        Group1("a", "409600\n", 389120, 4096, 409600);
        Group1("a/b", "204800\n", 4096, 0, 204800);

        AssertLimit(204800, 409600 - 389120 + 4096, "/a/b");
    }

    [Fact]
    public void No_more_is_available_than_the_machine_has()
    {
        Join("0::/a\n", Version2);
        Group2("a", "1000000", 0, 0);

        AssertLimit(1000000, 800 * 1024, "/a");
    }

    [Fact]
    public void A_group_over_its_limit_has_nothing_available_and_never_less()
    {
        Join("0::/a\n", Version2);
        Group2("a", "4096", 8192, 0);

        AssertLimit(4096, 0, "/a");
    }

    [Theory]
    [InlineData("max")]
    [InlineData("1024000")]
    [InlineData("9223372036854771712")]
    public void A_limit_that_is_not_below_the_machines_memory_is_none(string limit)
    {
        Join("0::/a\n", Version2);
        Group2("a", limit, 0, 0);

        AssertLimit(null, null, null);
    }

    [Fact]
    public void A_limit_of_zero_is_a_limit()
    {
        Join("0::/a\n", Version2);
        Group2("a", "0", 0, 0);

        AssertLimit(0, 0, "/a");
    }

    [Fact]
    public void Version_1_names_the_parent_that_limits()
    {
        Join("4:memory:/a/b\n", Version1);
        Group1("a", "204800\n", 102400, 40960, 204800);
        Group1("a/b", Unlimited1, 4096, 0, 204800);

        AssertLimit(204800, 204800 - (102400 - 40960), "/a");
    }

    [Fact]
    public void Version_1_knows_a_limit_above_what_is_mounted()
    {
        Join("4:memory:/docker/ab\n", "1 2 0:4 /docker/ab /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
        Group1(".", Unlimited1, 8192, 4096, 102400);

        AssertLimit(102400, 102400 - 4096, "/docker/ab");
    }

    [Fact]
    public void Without_use_hierarchy_a_parents_limit_does_not_count()
    {
        Join("4:memory:/a/b\n", Version1);
        Group1("a", "4096\n", 4096, 0, 4096);
        Group1("a/b", "204800\n", 4096, 0, 204800);

        AssertLimit(204800, 200704, "/a/b");
    }

    [Fact]
    public void On_a_machine_with_both_versions_the_smaller_limit_counts()
    {
        Join("4:memory:/one\n0::/two\n", Version1 + "1 2 0:3 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
        Group1("one", "204800\n", 4096, 0, 204800);
        File("sys/fs/cgroup/unified/two/cgroup.procs", "1\n");

        AssertLimit(204800, 200704, "/one");
    }

    [Fact]
    public void Without_groups_mounts_or_a_controller_nothing_limits()
    {
        AssertLimit(null, null, null);
        Join("4:memory:/a\n", "");
        AssertLimit(null, null, null);
        Join("3:cpu:/a\n", Version1);
        AssertLimit(null, null, null);
    }

    [Fact]
    public void A_limit_whose_use_is_not_told_has_no_number_available()
    {
        Join("0::/a\n", Version2);
        File("sys/fs/cgroup/a/memory.max", "4096\n");

        AssertLimit(4096, null, "/a");
    }

    [Fact]
    public void A_garbled_limit_is_refused_with_its_file()
    {
        Join("0::/a\n", Version2);
        File("sys/fs/cgroup/a/memory.max", "maybe\n");

        KernelFormatException error = Assert.Throws<KernelFormatException>(() => MemInfoFile.Read(Machine.At(_root)));

        Assert.Equal($"{_root}/sys/fs/cgroup/a/memory.max", error.File);
    }

    private void AssertLimit(long? total, long? available, string? group)
    {
        MemInfo memory = MemInfoFile.Read(Machine.At(_root));
        Assert.Equal((total, available, group), (memory.EffectiveTotal, memory.EffectiveAvailable, memory.LimitedBy));
    }

    private void Join(string groups, string mounts)
    {
        File("proc/self/cgroup", groups);
        File("proc/self/mountinfo", mounts);
    }

    private void Group2(string group, string limit, long current, long inactive)
    {
        File($"sys/fs/cgroup/{group}/memory.max", limit + "\n");
        File($"sys/fs/cgroup/{group}/memory.current", $"{current}\n");
        File($"sys/fs/cgroup/{group}/memory.stat", $"anon 4096\ninactive_file {inactive}\nactive_file 1\n");
    }

    private void Group1(string group, string limit, long usage, long inactive, long hierarchical)
    {
        File($"sys/fs/cgroup/memory/{group}/memory.limit_in_bytes", limit);
        File($"sys/fs/cgroup/memory/{group}/memory.usage_in_bytes", $"{usage}\n");
        File($"sys/fs/cgroup/memory/{group}/memory.stat", $"inactive_file 1\nhierarchical_memory_limit {hierarchical}\ntotal_inactive_file {inactive}\n");
    }

    private void File(string path, string text)
    {
        string full = Path.Join(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
    }
}
