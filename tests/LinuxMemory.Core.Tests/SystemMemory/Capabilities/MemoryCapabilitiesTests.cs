using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class MemoryCapabilitiesTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    public static TheoryData<string> Names => [.. MemoryCapabilities.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_captured_machine_answers_every_question(string machine)
    {
        foreach (string name in MemoryCapabilities.Names)
        {
            MemoryCapability capability = MemoryCapabilities.Get(Fixture.Machine(machine), name);
            Assert.True(capability.IsAvailable == true || capability.Reason?.Length > 0, name);
        }
    }

    [Theory]
    [InlineData("6.1.0-50-686-uma", "Numa", false)]
    [InlineData("6.1.0-50-686-uma", "MemoryHotplug", false)]
    [InlineData("6.1.0-50-686-uma", "MultiGenLru", true)]
    [InlineData("6.1.0-50-686-uma", "MemoryTier", false)]
    [InlineData("6.1.0-56-rt-amd64-uma", "TransparentHugePage", false)]
    [InlineData("6.1.0-56-rt-amd64-uma", "MultiSizeThp", false)]
    [InlineData("6.1.0-56-amd64-uma", "TransparentHugePage", true)]
    [InlineData("6.1.0-56-amd64-uma", "MultiSizeThp", false)]
    [InlineData("6.1.0-56-amd64-uma", "Damon", false)]
    [InlineData("6.12.117+deb12-amd64-ksm-damon", "Damon", true)]
    [InlineData("6.12.117+deb12-amd64-uma", "MultiSizeThp", true)]
    [InlineData("6.1.0-56-cloud-amd64-swap", "Zswap", false)]
    [InlineData("6.1.0-56-cloud-amd64-swap", "Zram", true)]
    [InlineData("6.12.117+deb12-amd64-swap", "Zswap", true)]
    [InlineData("6.1.0-56-amd64-cgroup1-nopsi", "PressureStall", false)]
    [InlineData("6.1.0-56-amd64-cgroup1-nopsi", "CgroupV1Memory", true)]
    [InlineData("6.1.0-56-amd64-cgroup1-nopsi", "CgroupV2Memory", false)]
    [InlineData("6.12.117+deb12-amd64-cgroup2-oom", "CgroupV1Memory", false)]
    [InlineData("6.12.117+deb12-amd64-cgroup2-oom", "CgroupV2Memory", true)]
    [InlineData("6.12.117+deb12-amd64-cgroup2-oom", "MemoryPeak", true)]
    [InlineData("6.12.117+deb12-amd64-numa2", "PressureStall", true)]
    [InlineData("6.12.117+deb12-amd64-numa2", "MemoryTier", true)]
    [InlineData("6.12.117+deb12-amd64-numa2", "ExtFragIndex", true)]
    // What only a kernel can answer, and files that cannot be captured since they are only written.
    [InlineData("6.12.117+deb12-amd64-numa2", "CacheStat", null)]
    [InlineData("6.12.117+deb12-amd64-numa2", "PageScan", null)]
    [InlineData("6.12.117+deb12-amd64-numa2", "FrameNumber", null)]
    [InlineData("6.12.117+deb12-amd64-numa2", "InspectProcess", null)]
    [InlineData("6.12.117+deb12-amd64-numa2", "DropCaches", null)]
    [InlineData("6.12.117+deb12-amd64-cgroup2-oom", "MemoryReclaim", null)]
    [InlineData("6.12.117+deb12-amd64-numa2", "KernelLog", null)]
    public void Captured_machines_are_told_apart(string machine, string name, bool? available)
    {
        Assert.Equal(available, MemoryCapabilities.Get(Fixture.Machine(machine), name).IsAvailable);
    }

    [Fact]
    public void The_reason_names_the_file_and_why_a_kernel_lacks_it()
    {
        Machine machine = Fixture.Machine("6.1.0-56-amd64-cgroup1-nopsi");

        Assert.Equal($"this kernel has no {machine.Root}/proc/pressure/memory: built without CONFIG_PSI or booted with psi=0",
            MemoryCapabilities.Get(machine, "PressureStall").Reason);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_empty_tree_cannot_tell_anything(string name)
    {
        string empty = Directory.CreateTempSubdirectory("linuxmemory-empty-").FullName;
        try
        {
            MemoryCapability capability = MemoryCapabilities.Get(Machine.At(empty), name);

            Assert.Null(capability.IsAvailable);
            Assert.StartsWith("a tree of files cannot tell: ", capability.Reason, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(empty);
        }
    }

    [Theory]
    [InlineData(Errno.None, true, null)]
    [InlineData(Errno.ENOSYS, false, "this kernel does not have the system call cachestat")]
    [InlineData(Errno.EPERM, false, "denied: needs a seccomp filter that lets it through")]
    public void An_absent_call_and_a_forbidden_one_have_different_reasons(Errno answer, bool available, string? reason)
    {
        Machine machine = Machine.At("/", new Answers(answer));

        MemoryCapability capability = MemoryCapabilities.Get(machine, "CacheStat");

        Assert.Equal((available, reason), (capability.IsAvailable, capability.Reason));
    }

    [Theory, MemberData(nameof(Names))]
    public void This_computer_answers_with_a_reason_for_what_it_lacks(string name)
    {
        MemoryCapability capability = MemoryCapabilities.Get(Machine.Live, name);

        Assert.True(capability.IsAvailable == true || capability.Reason?.Length > 0);
    }

    [Fact]
    public void Lowering_oom_score_adj_agrees_with_what_the_kernel_lets_us_do()
    {
        long effective = Convert.ToInt64(File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal))[7..].Trim(), 16);
        Assert.SkipUnless(File.ResolveLinkTarget("/proc/self/ns/user", false)?.Name == "user:[4026531837]", "in a user namespace");

        Assert.Equal((effective & (1L << 24)) != 0, MemoryCapabilities.Get(Machine.Live, "LowerOomScoreAdj").IsAvailable);
    }

    private sealed class Answers(Errno answer) : SystemCalls
    {
        public override Errno Probe(ProbedCall call) => answer;
    }
}
