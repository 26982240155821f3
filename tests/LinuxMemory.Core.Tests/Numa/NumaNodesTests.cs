using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class NumaNodesTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names.Where(name => !name.Contains("686", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Machines))]
    public void All_nodes_together_have_the_machines_memory(string machine) =>
        Assert.Equal(MemInfoFile.Read(Fixture.Machine(machine)).MemTotal, NumaNodes.Read(Fixture.Machine(machine)).Sum(node => node.Total));

    [Theory, MemberData(nameof(Machines))]
    public void A_nodes_memory_is_that_of_its_zones(string machine)
    {
        ILookup<int, MemoryZone> zones = ZoneInfoFile.Read(Fixture.Machine(machine)).ToLookup(zone => zone.Node);

        Assert.All(NumaNodes.Read(Fixture.Machine(machine)), node => Assert.Equal(zones[node.Id].Sum(zone => zone.Managed), node.Total));
    }

    [Fact]
    public void A_machine_without_NUMA_says_so() =>
        Assert.True(Assert.Throws<KernelException>(() => NumaNodes.Read(Fixture.Machine("6.1.0-50-686-uma")).ToList()).IsAbsent);

    [Fact]
    public void Unequal_distances_are_the_machines()
    {
        NumaNode[] nodes = [.. NumaNodes.Read(Fixture.Machine("6.1.0-56-amd64-numa4-dist"))];

        Assert.Equal(4, nodes.Length);
        Assert.All(nodes, node => Assert.Equal(10, node.Distances[node.Id]));
        Assert.True(nodes.SelectMany(node => node.Distances).Distinct().Count() > 2);
    }

    [Fact]
    public void Memory_without_CPU_lies_in_a_slower_tier()
    {
        NumaNode[] nodes = [.. NumaNodes.Read(Fixture.Machine("6.12.117+deb12-amd64-memonly"))];

        Assert.Equal([(true, 4), (false, 33)], nodes.Select(node => (node.HasCpu == true, node.Tier ?? 0)));
        Assert.Equal([0, 1, 2, 3], nodes[0].Cpus);
        Assert.True(nodes[1].HasMemory);
    }

    [Fact]
    public void A_node_of_CPUs_only_has_no_memory_and_no_tier()
    {
        NumaNode node = NumaNodes.Read(Fixture.Machine("6.12.117+deb12-amd64-memless")).Single(node => node.HasMemory == false);

        Assert.True(node.HasCpu);
        Assert.Equal(0, node.Total);
    }

    [Theory, MemberData(nameof(Machines))]
    public void Allocations_of_a_node_are_hits_and_misses_local_and_other(string machine) =>
        Assert.All(NumaStatistic.Read(Fixture.Machine(machine)), node => Assert.Equal(node.Hit + node.Miss, node.Local + node.Other));

    [Theory]
    [InlineData("0-3,8", new[] { 0, 1, 2, 3, 8 })]
    [InlineData("0,2", new[] { 0, 2 })]
    [InlineData("", new int[0])]
    public void Lists_of_CPUs_are_taken_apart(string text, int[] expected)
    {
        KernelReader reader = KernelReader.Over("/list", System.Text.Encoding.UTF8.GetBytes(text + "\n"));
        KernelLine line = reader.RequireLine("a list");

        Assert.Equal(expected, line.TakeNumbers());
    }

    [Theory]
    [InlineData("0-")]
    [InlineData("3-1")]
    [InlineData("0-2000000000")]
    [InlineData("x")]
    public void Garbled_lists_are_refused(string text) => Assert.Throws<KernelFormatException>(() =>
    {
        KernelLine line = KernelReader.Over("/list", System.Text.Encoding.UTF8.GetBytes(text + "\n")).RequireLine("a list");
        line.TakeNumbers();
    });
}
