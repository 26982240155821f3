using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class CgroupPathTests
{
    [Theory]
    // The ordinary machine, v2.
    [InlineData("0::/user.slice/app", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "2 sys/fs/cgroup/user.slice/app /user.slice/app | 2 sys/fs/cgroup/user.slice /user.slice | 2 sys/fs/cgroup /")]
    // A container without a cgroup namespace: its group is mounted alone.
    [InlineData("4:memory:/docker/ab", "1 2 0:3 /docker/ab /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory", "1 sys/fs/cgroup/memory /docker/ab")]
    // In a namespace of its own, mounted from outside of it: the names between are not known.
    [InlineData("0::/", "1 2 0:3 /../.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "2 sys/fs/cgroup /../..")]
    // Moved out of the namespace after it started.
    [InlineData("0::/../../a/b", "1 2 0:3 /../.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "2 sys/fs/cgroup/a/b /../../a/b | 2 sys/fs/cgroup/a /../../a | 2 sys/fs/cgroup /../..")]
    [InlineData("0::/../other", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "")]
    // The mount shows another part of the hierarchy.
    [InlineData("0::/a", "1 2 0:3 /a/b /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "")]
    // Two mounts of one hierarchy: the one that shows more.
    [InlineData("0::/a/b", "1 2 0:3 /a/b /mnt/x rw - cgroup2 c rw\n1 2 0:3 / /mnt/y\\040z rw shared:3 master:1 - cgroup2  rw", "2 mnt/y z/a/b /a/b | 2 mnt/y z/a /a | 2 mnt/y z /")]
    // v1 has the memory controller, v2 is mounted without it: both are asked.
    [InlineData("5:cpu,memory:/x\n0::/y:z", "1 2 0:3 / /c/m rw - cgroup m rw,cpu,memory\n1 2 0:4 / /c/u rw - cgroup2 u rw", "2 c/u/y:z /y:z | 2 c/u / | 1 c/m/x /x | 1 c/m /")]
    [InlineData("5:cpu:/x", "1 2 0:3 / /c/m rw - cgroup m rw,cpu", "")]
    [InlineData("0::/x", "1 2 0:3 / /proc rw - proc proc rw", "")]
    public void Names_every_group_that_can_be_seen_from_the_own_one_up(string groups, string mounts, string expected)
    {
        IReadOnlyList<CgroupPath> paths = CgroupPath.Find(CgroupFile.Parse(Text(groups)), MountInfoFile.Parse(Text(mounts)));

        Assert.Equal(expected, string.Join(" | ", paths.SelectMany(path =>
            Enumerable.Range(0, path.Depth).Select(level => $"{path.Version} {path.DirectoryAt(level)} {path.GroupAt(level)}"))));
    }

    [Theory]
    [InlineData("0:/", ":1: expected a ':', found '0:/'")]
    [InlineData("0::/\nx:memory:/", ":2: expected a whole number of at most 31 bits, found 'x:memory:/'")]
    [InlineData("0::", ":1: expected a path behind the second ':', found '0::'")]
    public void A_garbled_cgroup_file_is_refused_with_file_and_line(string text, string message)
    {
        Assert.Equal("file" + message, Assert.Throws<KernelFormatException>(() => CgroupFile.Parse(Text(text))).Message);
    }

    [Theory]
    [InlineData("1 2 0:3 / /proc rw shared:1")]
    [InlineData("1 2 0:3 / /proc rw -")]
    [InlineData("one 2 0:3 / /proc rw - proc proc rw")]
    public void A_garbled_mount_table_is_refused(string text)
    {
        Assert.Throws<KernelFormatException>(() => MountInfoFile.Parse(Text(text)));
    }

    private static KernelReader Text(string text) => KernelReader.Over("file", Encoding.UTF8.GetBytes(text));
}
