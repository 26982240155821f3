using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Collection(nameof(StartsProcesses))]
public class ProcessLimitsTests
{
    [Fact]
    public void Limits_have_use_and_headroom()
    {
        using KernelDirectory process = ProcessList.Open(Fixture.Machine("6.12.117+deb12-amd64-numa2"), 1);

        IReadOnlyList<ProcessMemoryLimit> limits = ProcessLimitsFile.Read(process);

        Assert.Equal(7, limits.Count);
        ProcessMemoryLimit stack = limits.Single(limit => limit.Resource == ProcessMemoryResource.Stack);
        Assert.Equal((8L << 20, null, (8L << 20) - stack.InUse), (stack.Soft, stack.Hard, stack.Headroom));
        Assert.Equal(100.0 * stack.InUse / (8 << 20), stack.UsedPercent);
        Assert.Null(limits.Single(limit => limit.Resource == ProcessMemoryResource.Core).InUse);
        Assert.Null(limits.Single(limit => limit.Resource == ProcessMemoryResource.AddressSpace).Headroom);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Limit                     Soft Limit           Hard Limit           Units     \n")]
    [InlineData("Limit                     Soft Limit           Hard Limit           Units     \nMax data size             many                 unlimited            bytes     \n")]
    public void A_cut_or_garbled_file_is_an_error(string text) =>
        Assert.Throws<KernelFormatException>(() => ProcessLimitsFile.Parse(KernelReader.Over("limits", Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_limit_of_a_running_program_is_set_read_back_and_taken_back()
    {
        using NativeChild child = NativeChild.Start(Waiting);
        ProcessLimitChange change = ProcessLimitChange.Plan(Machine.Live, child.Id, ProcessMemoryResource.Stack, 1 << 20, null);

        PlannedChange done = change.Apply(Machine.Live);

        Assert.StartsWith("1048576:", done.NewValue, StringComparison.Ordinal);
        Assert.Equal(1 << 20, Soft(child));
        PlannedChange back = done.Reverse!.Apply(Machine.Live);
        Assert.Equal(change.OldValue, back.NewValue);
    }

    [Fact]
    public void Lowering_the_hard_limit_alone_lowers_the_soft_one_with_it()
    {
        ProcessLimitChange change = ProcessLimitChange.Plan(Machine.Live, Environment.ProcessId, ProcessMemoryResource.Stack, null, 4096);

        Assert.Equal("4096:4096", change.NewValue);
        Assert.NotNull(change.Caution);
    }

    [Fact]
    public void A_soft_limit_above_the_hard_one_and_a_process_that_is_gone_are_refused()
    {
        Assert.Equal(Errno.EINVAL, Assert.Throws<KernelException>(() =>
            ProcessLimitChange.Plan(Machine.Live, Environment.ProcessId, ProcessMemoryResource.Core, 2, 1)).Errno);
        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() =>
            ProcessLimitChange.Plan(Machine.Live, int.MaxValue, ProcessMemoryResource.Core, 1, 1)).Errno);
        NativeChild child = NativeChild.Start(Waiting);
        ProcessLimitChange change = ProcessLimitChange.Plan(Machine.Live, child.Id, ProcessMemoryResource.Core, 0, null);
        child.Dispose();
        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() => change.Apply(Machine.Live)).Errno);
        // A process that came to the same id started at another time.
        ProcessLimitChange other = ProcessLimitChange.Plan(Machine.Live, Environment.ProcessId, ProcessMemoryResource.Core, 0, null);
        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() => (other with { StartTicks = other.StartTicks + 1 }).Apply(Machine.Live)).Errno);
    }

    private static long? Soft(NativeChild child)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, child.Id);
        return ProcessLimitsFile.Read(process).Single(limit => limit.Resource == ProcessMemoryResource.Stack).Soft;
    }

    private const string Waiting = "#include <stdio.h>\n#include <unistd.h>\nint main(void) { puts(\"ready\"); fflush(stdout); pause(); }";
}
