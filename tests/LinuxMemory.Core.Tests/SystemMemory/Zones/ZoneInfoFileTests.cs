using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class ZoneInfoFileTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Managed_pages_of_all_zones_are_MemTotal(string machine)
    {
        long managed = ZoneInfoFile.Read(Fixture.Machine(machine)).Sum(zone => zone.Managed);

        Assert.Equal(MemInfoFile.Read(Fixture.Machine(machine)).MemTotal, managed);
    }

    [Theory, MemberData(nameof(Machines))]
    public void Free_pages_of_all_zones_are_MemFree_within_what_moved_between_two_reads(string machine)
    {
        IReadOnlyList<MemoryZone> zones = ZoneInfoFile.Read(Fixture.Machine(machine));
        long free = MemInfoFile.Read(Fixture.Machine(machine)).MemFree;

        Assert.InRange(zones.Sum(zone => zone.Free), free - (8 << 20), free + (8 << 20));
    }

    [Theory, MemberData(nameof(Machines))]
    public void Free_blocks_of_a_zone_are_its_free_pages(string machine)
    {
        IReadOnlyList<MemoryFragmentation> blocks = BuddyInfoFile.Read(Fixture.Machine(machine));
        foreach (MemoryZone zone in ZoneInfoFile.Read(Fixture.Machine(machine)).Where(zone => zone.IsPopulated))
        {
            long free = blocks.Where(block => block.Node == zone.Node && block.Zone == zone.Name).Sum(block => block.FreeBytes);

            // Offline memory keeps a zone present without any managed page; buddyinfo leaves such zones out or shows zeros.
            Assert.InRange(free, zone.Free - (8 << 20), zone.Free + (8 << 20));
        }
    }

    [Theory, MemberData(nameof(Machines))]
    public void Each_nodes_counters_stand_once(string machine)
    {
        foreach (IGrouping<int, MemoryZone> node in ZoneInfoFile.Read(Fixture.Machine(machine)).GroupBy(zone => zone.Node))
        {
            Assert.Equal(node.Any(zone => zone.IsPopulated) ? 1 : 0, node.Count(zone => zone.NodeCounters is not null));
        }
    }

    [Fact]
    public void A_32_bit_machine_has_a_HighMem_zone()
    {
        MemoryZone high = ZoneInfoFile.Read(Fixture.Machine("6.1.0-50-686-uma")).Single(zone => zone.Name == "HighMem");

        Assert.Equal(299999 * 4096L, high.Managed);
        Assert.Equal(128 * 4096L, high.Min);
        Assert.Null(high.Promo);
        Assert.Equal([0, 0, 0, 0], high.Protection);
    }

    [Fact]
    public void Padded_per_CPU_numbers_of_new_kernels_are_summed()
    {
        MemoryZone zone = Assert.Single(Parse(
            "Node 0, zone   Normal\n  pages free     7\n        min      2\n        low      3\n        protection: (0, 5)\n      nr_mlock     1\n"
            + "  pagesets\n    cpu: 0\n              count:    4\n              high:     0\n              high_min: 29\n    cpu: 1\n              count:    6\n  vm stats threshold: 4\n  start_pfn:           16\n"));

        Assert.Equal(10 * 4096, zone.PerCpuFree);
        Assert.Equal(4 * 4096, zone.KswapdHeadroom);
        Assert.Equal([0, 5 * 4096], zone.Protection);
        Assert.Equal(1, zone.Counters["nr_mlock"]);
        Assert.Equal(16, zone.StartFrame);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Node 0, zone   Normal\n")]
    [InlineData("Node 0, zone   Normal\n  pages free 1\n")]
    [InlineData("  pages free 1\n")]
    [InlineData("Node 0, zone   Normal\n  pages free 9223372036854775807\n")]
    [InlineData("Node 0, zone   Normal\n  pages free 1\n        protection: (0, 1\n")]
    public void A_cut_or_garbled_file_is_refused(string text) => Assert.Throws<KernelFormatException>(() => Parse(text));

    private static IReadOnlyList<MemoryZone> Parse(string text) =>
        ZoneInfoFile.Parse(KernelReader.Over("/proc/zoneinfo", System.Text.Encoding.UTF8.GetBytes(text)), 4096);
}
