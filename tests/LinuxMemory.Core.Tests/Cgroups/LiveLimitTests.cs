using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Trait("Category", "Live")]
public class LiveLimitTests
{
    private const string Memory = "/sys/fs/cgroup/memory";

    [Fact]
    public void This_process_in_a_limited_version_1_group_sees_the_limit_of_the_parent()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("LINUXMEMORY_LIVE") == "1", "changes the machine: needs LINUXMEMORY_LIVE=1");
        Assert.SkipUnless(Machine.Live.Calls.EffectiveUserId == 0, "needs root");
        Assert.SkipUnless(File.Exists($"{Memory}/memory.limit_in_bytes"), "no cgroup v1 memory controller here");
        string before = Memory + CgroupFile.Read(Machine.Live).First(group => group.Controllers == "memory").Path;
        string parent = $"{Memory}/linuxmemory-test-{Environment.ProcessId}";
        string group = $"{parent}/inner";
        long limit = MemInfoFile.Read(Machine.Live).MemTotal / 2 / 4096 * 4096;
        Directory.CreateDirectory(group);
        try
        {
            File.WriteAllText($"{parent}/memory.limit_in_bytes", limit.ToString(CultureInfo.InvariantCulture));
            Join(group);

            MemInfo memory = MemInfoFile.Read(Machine.Live);

            Assert.Equal(limit, memory.EffectiveTotal);
            Assert.Equal($"/linuxmemory-test-{Environment.ProcessId}", memory.LimitedBy);
            Assert.InRange(memory.EffectiveAvailable!.Value, 1, limit);
        }
        finally
        {
            Join(before);
            Directory.Delete(group);
            Directory.Delete(parent);
        }
        Assert.NotEqual(limit, MemInfoFile.Read(Machine.Live).EffectiveTotal);
    }

    private static void Join(string group) =>
        File.WriteAllText($"{group}/cgroup.procs", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
}
