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
