using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class VmCountersTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_counter_of_every_captured_machine_is_explained(string machine)
    {
        Machine captured = Fixture.Machine(machine);
        VmCounter[] counters = [.. VmCounters.Read(captured)];

        Assert.Equal(File.ReadAllLines(captured.Locate("proc/vmstat")).Length, counters.Length);
        Assert.Empty(counters.Where(counter => counter.Description is null).Select(counter => counter.Name));
    }

    [Theory]
    [InlineData("nr_inactive")]
    [InlineData("pgsteal_dma32")]
    [InlineData("pgscan_kswapd_movable")]
    [InlineData("compact_blocks_moved")]
    [InlineData("nr_tlb_local_flush_all")]
    [InlineData("kstack_16k")]
    [InlineData("nr_vmalloc")]
    [InlineData("nr_gpu_reclaim")]
    public void Counters_of_kernels_long_gone_and_of_the_newest_are_explained(string name)
    {
        using TemporaryTree tree = new();
        tree.Write("proc/vmstat", $"{name} 7\nnr_of_tomorrow 8\n");

        VmCounter[] counters = [.. VmCounters.Read(tree.Machine)];

        Assert.NotNull(counters[0].Description);
        Assert.Equal((8, null, VmCounterKind.Gauge), (counters[1].Value, counters[1].Unit, counters[1].Kind));
    }

    [Fact]
    public void Every_counter_of_this_machine_appears_known_or_not()
    {
        Assert.Equal(VmStatFile.Read(Machine.Live).Count, VmCounters.Read(Machine.Live).Count());
    }

    [Theory]
    [InlineData("nr_free_pages", VmCounterKind.Gauge, "pages")]
    [InlineData("nr_dirtied", VmCounterKind.Counter, "pages")]
    [InlineData("nr_kernel_stack", VmCounterKind.Gauge, "KiB")]
    [InlineData("pgpgin", VmCounterKind.Counter, "KiB")]
    [InlineData("oom_kill", VmCounterKind.Counter, "events")]
    public void Kinds_and_units_are_the_kernels(string name, VmCounterKind kind, string unit)
    {
        VmCounter counter = VmCounters.Read(Fixture.Machine("6.12.117+deb12-amd64-numa2")).Single(counter => counter.Name == name);

        Assert.Equal(kind, counter.Kind);
        Assert.Equal(unit, counter.Unit);
    }
}
