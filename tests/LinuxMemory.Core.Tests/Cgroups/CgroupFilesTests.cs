using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class CgroupFilesTests
{
    [Theory]
    [InlineData("0\n", 0)]
    [InlineData("268435456\n", 268435456)]
    [InlineData("max\n", CgroupValueFile.Unlimited)]
    // Pages of 4 KiB and of 64 KiB, the counters before 3.19, and a 32-bit kernel.
    [InlineData("9223372036854771712\n", CgroupValueFile.Unlimited)]
    [InlineData("9223372036854710272\n", CgroupValueFile.Unlimited)]
    [InlineData("9223372036854775807\n", CgroupValueFile.Unlimited)]
    [InlineData("8796093018112\n", CgroupValueFile.Unlimited)]
    public void Every_kernels_way_to_say_no_limit_is_known(string text, long expected) => Assert.Equal(expected, CgroupValueFile.Parse(Text(text)));

    [Theory]
    [InlineData("")]
    [InlineData("maximum\n")]
    [InlineData("-1\n")]
    [InlineData("12 kB\n")]
    [InlineData("18446744073709551615\n")]
    public void A_garbled_size_is_refused(string text) => Assert.Throws<KernelFormatException>(() => CgroupValueFile.Parse(Text(text)));

    [Fact]
    public void Counts_are_found_by_the_kernels_name_and_as_a_property_is_written()
    {
        IReadOnlyDictionary<string, long> counts = CgroupCountFile.Parse(Text("oom 2\noom_kill 4\ninactive_file 4096\n"));

        Assert.Equal(4, counts["oom_kill"]);
        Assert.Equal(4, counts["OomKill"]);
        Assert.Equal(4096, counts["InactiveFile"]);
        Assert.False(counts.ContainsKey("oom_kills"));
        Assert.Equal(["oom", "oom_kill", "inactive_file"], counts.Keys);
    }

    [Theory]
    [InlineData("anon\n")]
    [InlineData("anon 1 2\n")]
    [InlineData("anon -1\n")]
    [InlineData("anon many\n")]
    public void A_garbled_count_is_refused(string text) => Assert.Throws<KernelFormatException>(() => CgroupCountFile.Parse(Text(text)));

    [Fact]
    public void Processes_come_sorted_each_once_and_unseen_ones_are_counted() =>
        Assert.Equal([0, 0, 3, 20], CgroupProcsFile.Parse(Text("20\n3\n0\n20\n0\n")));

    [Theory]
    [InlineData("/", null)]
    [InlineData("/docker/1a2b", null)]
    [InlineData("/system.slice", "system.slice")]
    [InlineData("/system.slice/ssh.service/workers/1", "ssh.service")]
    [InlineData("/system.slice/_cpu.slice", "cpu.slice")]
    [InlineData(@"/system.slice/dev-disk-by\x2dlabel-x.swap", @"dev-disk-by\x2dlabel-x.swap")]
    [InlineData("/.service", null)]
    public void The_unit_is_the_last_name_that_is_one(string group, string? unit) => Assert.Equal(unit, CgroupUnit.Of(group));

    [Theory]
    [InlineData("/", "system.slice/a", "/system.slice/a", "sys/fs/cgroup/system.slice/a")]
    [InlineData("/", "/system.slice//a/", "/system.slice/a", "sys/fs/cgroup/system.slice/a")]
    [InlineData("/", "/sys/fs/cgroup/a", "/a", "sys/fs/cgroup/a")]
    [InlineData("/", "./a", "/a", "sys/fs/cgroup/a")]
    [InlineData("/", "", "/", "sys/fs/cgroup")]
    [InlineData("/", "/", "/", "sys/fs/cgroup")]
    [InlineData("/", "a b/ü\t€", "/a b/ü\t€", "sys/fs/cgroup/a b/ü\t€")]
    [InlineData("/", @"a\040b", @"/a\040b", @"sys/fs/cgroup/a\040b")]
    [InlineData("/docker/1", "x", "/docker/1/x", "sys/fs/cgroup/x")]
    [InlineData("/docker/1", "/docker/1/x", "/docker/1/x", "sys/fs/cgroup/x")]
    [InlineData("/../..", "/../../x", "/../../x", "sys/fs/cgroup/x")]
    public void A_users_path_becomes_the_kernels_name_and_a_directory(string root, string path, string name, string directory)
    {
        CgroupHierarchy hierarchy = Hierarchy($"1 2 0:3 {root} /sys/fs/cgroup rw - cgroup2 cgroup2 rw");

        Assert.Equal(name, hierarchy.NameOf(path));
        Assert.Equal(directory, hierarchy.DirectoryOf(name).TrimEnd('/'));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../etc")]
    [InlineData("/sys/fs/cgroup/../x")]
    [InlineData("a\0b")]
    public void No_path_climbs_out(string path) =>
        Assert.Equal(Errno.EINVAL, Assert.Throws<KernelException>(() => Hierarchy("1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw").NameOf(path)).Errno);

    [Theory]
    // Spaces, newlines and backslashes of a mount point stand as octal escapes.
    [InlineData("1 2 0:3 / /mnt/a\\040b\\012c\\134d rw - cgroup2 cgroup2 rw", 2, "mnt/a b\nc\\d")]
    [InlineData("1 2 0:3 / /u rw - cgroup2 u rw\n1 2 0:4 / /m rw - cgroup m rw,cpu,memory", 1, "m")]
    [InlineData("1 2 0:3 / /u rw - cgroup2 u rw\n1 2 0:4 / /c rw - cgroup c rw,cpu", 2, "u")]
    [InlineData("1 2 0:3 /a/b /deep rw - cgroup2 u rw\n1 2 0:3 /a /wide rw - cgroup2 u rw\n1 2 0:3 /../.. /widest rw - cgroup2 u rw", 2, "widest")]
    public void The_mount_that_shows_most_memory_groups_is_taken(string mounts, int version, string mountPoint)
    {
        CgroupHierarchy hierarchy = Hierarchy(mounts);

        Assert.Equal((version, mountPoint), (hierarchy.Version, hierarchy.MountPoint));
    }

    private static CgroupHierarchy Hierarchy(string mounts)
    {
        using LinuxMemory.Fixtures.TemporaryTree tree = new();
        tree.Write("proc/self/mountinfo", mounts + "\n");
        return CgroupHierarchy.OfMemory(tree.Machine)!;
    }

    private static KernelReader Text(string text) => KernelReader.Over("file", Encoding.UTF8.GetBytes(text));
}
