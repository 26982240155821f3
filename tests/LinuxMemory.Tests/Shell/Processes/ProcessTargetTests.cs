using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public class ProcessTargetTests
{
    private const string Rest = " 1 2 3 4 5 {0} 10 11 12 13 14 15 16 17 20 0 3 0 82 4096 7 18446744073709551615 1 1 0 0";

    // Some calls say EINVAL of a process whose memory is gone, and the process can be gone before we look.
    [Theory]
    [InlineData(Errno.EINVAL, null, true)]
    [InlineData(Errno.ESRCH, null, true)]
    [InlineData(Errno.EPERM, null, false)]
    [InlineData(Errno.EINVAL, "Z 0", true)]
    [InlineData(Errno.EPERM, "Z 0", true)]
    [InlineData(Errno.ENOENT, "R 4", true)]
    [InlineData(Errno.ENOENT, "S 0", false)]
    [InlineData(Errno.EINVAL, "S 0", false)]
    public void What_was_refused_for_the_end_of_a_process_is_known(Errno errno, string? state, bool hasEnded)
    {
        using TemporaryTree tree = new();
        tree.Write("proc/meminfo", "");
        if (state?.Split(' ') is [string letter, string flags])
        {
            tree.Write("proc/7/stat", $"7 (x) {letter}{Rest.Replace("{0}", flags, StringComparison.Ordinal)}\n");
        }

        Assert.Equal(hasEnded, new ProcessTarget(tree.Machine, 7).HasEnded(new KernelException(errno, "migrate_pages", "process 7")));
    }
}
