using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What single kernels and ways of capturing do to the texts, each in a text written for it.</summary>
public sealed class KernelTraitsTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_counter_whose_name_the_kernel_hides_keeps_its_value()
    {
        _tree.Write("proc/zoneinfo", Zone("Normal", node: "      nr_written   7\n                   4711\n", tail: ""));

        MemoryZone zone = Assert.Single(ZoneInfoFile.Read(_tree.Machine));

        Assert.Equal((7, 4711), (zone.NodeCounters!["nr_written"], zone.NodeCounters["nr_indirectly_reclaimable"]));
    }

    [Fact]
    public void What_follows_the_lists_of_the_CPUs_belongs_to_the_zone()
    {
        _tree.Write("proc/zoneinfo", Zone("Normal", node: "", tail: "  node_unreclaimable:  1\n  start_pfn:           256\n  reserved_highatomic: 512\n  free_highatomic:     3\n"));

        MemoryZone zone = Assert.Single(ZoneInfoFile.Read(_tree.Machine));

        Assert.Equal((1, 512, 3, 256), (zone.Counters["node_unreclaimable"], zone.Counters["reserved_highatomic"], zone.Counters["free_highatomic"], zone.StartFrame));
        Assert.DoesNotContain(zone.Counters.Keys, name => name is "cpu" or "count" or "high" or "batch" or "high_min" or "high_max");
        Assert.Equal((10 + 20) * 4096, zone.PerCpuFree);
    }

    [Fact]
    public void A_node_of_movable_memory_has_its_counters_there_and_device_memory_has_no_free_page()
    {
        _tree.Write("proc/zoneinfo", Empty("Normal") + Zone("Movable", node: "      nr_inactive_anon 5\n", tail: "  start_pfn: 1\n")
            + Zone("Device", node: "", tail: "  start_pfn: 9\n").Replace("free     900", "free     0", StringComparison.Ordinal).Replace("managed  3000", "managed  0", StringComparison.Ordinal));

        IReadOnlyList<MemoryZone> zones = ZoneInfoFile.Read(_tree.Machine);

        Assert.Equal([("Normal", false), ("Movable", true), ("Device", true)], zones.Select(zone => (zone.Name, zone.IsPopulated)));
        Assert.Equal([null, 5, null], zones.Select(zone => zone.NodeCounters?["nr_inactive_anon"]));
        Assert.Equal((0, 0, 4000 * 4096), (zones[2].Free, zones[2].Managed, zones[2].Present));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(16384)]
    [InlineData(65536)]
    public void Without_counters_the_zones_tell_the_size_of_a_page(int expected)
    {
        _tree.Write("proc/zoneinfo", Zone("DMA", node: "", tail: "") + Empty("Normal"));
        _tree.Write("proc/meminfo", $"MemTotal: {3000L * expected / 1024} kB\nMemFree: 1 kB\n");
        Machine captured = Machine.At(_tree.Root);

        Assert.Equal(expected, PageSize.Of(captured));
        Assert.Equal(MemInfoFile.Read(captured).MemTotal, ZoneInfoFile.Read(captured).Sum(zone => zone.Managed));
    }

    [Theory]
    [InlineData("# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <batchcount> <limit <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>")]
    [InlineData("#name       <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail> <reclaimable>")]
    public void Slabs_of_version_2_0_are_read_and_a_name_may_have_several_words(string header)
    {
        _tree.Write("proc/slabinfo", "slabinfo - version: 2.0\n" + header + "\n"
            + "my driver 2 cache      5     22    352   11    1 : tunables   54   27    8 : slabdata      2      2      0\n"
            + "dentry(7:db.service)   1      2    192    2    1 : tunables    0    0    0 : slabdata      1      1      0\n");

        SlabCache[] caches = [.. SlabInfoFile.Read(_tree.Machine)];

        Assert.Equal(["my driver 2 cache", "dentry(7:db.service)"], caches.Select(cache => cache.Name));
        Assert.Equal((5, 22, 352, 11, 2), (caches[0].ActiveObjects, caches[0].TotalObjects, caches[0].ObjectSize, caches[0].ObjectsPerSlab, caches[0].TotalSlabs));
    }

    [Fact]
    public void Files_of_sysfs_that_tar_filled_with_zeros_say_the_same()
    {
        _tree.Write("sys/devices/system/node/node0/meminfo", Padded("Node 0 MemTotal: 1000 kB\nNode 0 MemFree: 10 kB\n"));
        _tree.Write("sys/devices/system/node/node0/numastat", Padded("numa_hit 5\nnuma_miss 0\n"));
        _tree.Write("sys/devices/system/node/node0/cpulist", Padded("0-1\n"));
        WriteCache(0, "shared_cpu_list", Padded("0-1\n"));
        _tree.Write("sys/devices/system/cpu/cpu0/cache/index0/size", Padded("32K\n"));

        NumaNode node = Assert.Single(NumaNodes.Read(_tree.Machine));

        Assert.Equal((1000 << 10, 10 << 10), (node.Total, node.Free));
        Assert.Equal([0, 1], node.Cpus);
        Assert.Equal(5, Assert.Single(NumaStatistic.Read(_tree.Machine)).Hit);
        Assert.Equal((32 << 10, "Data"), Assert.Single(CpuCache.Read(_tree.Machine)) is CpuCache cache ? (cache.Size, cache.Type) : default);
    }

    [Fact]
    public void Where_only_masks_were_kept_nodes_and_caches_have_the_same_CPUs()
    {
        _tree.Write("sys/devices/system/node/node0/cpumap", "00000000,00000003\n");
        _tree.Write("sys/devices/system/node/node1/cpumap", "80000001,00000000\n");
        _tree.Write("sys/devices/system/node/node2/cpumap", "00000000,00000000\n");
        _tree.Write("sys/devices/system/node/node3/meminfo", "Node 3 MemTotal: 0 kB\n");
        WriteCache(0, "shared_cpu_map", "00000000,00000003\n");
        WriteCache(1, "shared_cpu_map", "00000000,00000003\n");

        NumaNode[] nodes = [.. NumaNodes.Read(_tree.Machine)];

        Assert.Equal([[0, 1], [32, 63], [], []], nodes.Select(node => node.Cpus));
        Assert.Equal([true, true, false, null], nodes.Select(node => node.HasCpu));
        Assert.Equal([null, null, null, false], nodes.Select(node => node.HasMemory));
        Assert.Equal([0, 1], Assert.Single(CpuCache.Read(_tree.Machine)).Cpus);
    }

    [Theory]
    [InlineData("f", new[] { 0, 1, 2, 3 })]
    [InlineData("1,00000000,00000000", new[] { 64 })]
    [InlineData("0000000100000001", new[] { 0, 32 })]
    [InlineData("", new int[0])]
    public void A_mask_has_32_CPUs_in_each_group_and_the_highest_first(string mask, int[] cpus)
    {
        _tree.Write("mask", mask + "\n");

        Assert.Equal(cpus, _tree.Machine.TryReadCpus("no list", "mask"));
    }

    private void WriteCache(int cpu, string file, string shared)
    {
        string cache = $"sys/devices/system/cpu/cpu{cpu}/cache/index0";
        _tree.Write($"{cache}/level", Padded("1\n"));
        _tree.Write($"{cache}/type", Padded("Data\n"));
        _tree.Write($"{cache}/{file}", shared);
    }

    private static string Padded(string text) => text.PadRight(4096, '\0');

    private static string Empty(string zone) => $"""
        Node 0, zone {zone,8}
          pages free     0
                boost    0
                min      0
                low      0
                high     0
                promo    0
                spanned  0
                present  0
                managed  0
                cma      0
                protection: (0, 0, 0)

        """;

    private static string Zone(string name, string node, string tail) => $"""
        Node 0, zone {name,8}
        {(node.Length > 0 ? "  per-node stats\n" + node : "")}  pages free     900
                boost    0
                min      10
                low      12
                high     14
                promo    16
                spanned  4096
                present  4000
                managed  3000
                cma      0
                protection: (0, 0, 0)
              nr_free_pages 900
          pagesets
            cpu: 0
                      count:    10
                      high:     1
                      batch:    1
                      high_min: 1
                      high_max: 1
          vm stats threshold: 4
            cpu: 1
                      count:    20
                      high:     1
                      batch:    1
                      high_min: 1
                      high_max: 1
          vm stats threshold: 4
        {tail}
        """;
}
