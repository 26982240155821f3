using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What kernels print that are not among the captures: 2.6.32, 64 KiB pages, other sizes of huge pages, nothing of NUMA.</summary>
public sealed class OtherKernelsTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Zones_of_2_6_32_have_their_counters_before_the_protection_and_say_nothing_of_managed_memory()
    {
        _tree.Write("proc/zoneinfo", """
            Node 0, zone      DMA
              pages free     3977
                    min      5
                    low      6
                    high     7
                    scanned  0
                    spanned  4095
                    present  3840
                nr_free_pages 3977
                nr_inactive_anon 0
                numa_other   0
                    protection: (0, 3243, 24201, 24201)
              pagesets
                cpu: 0
                          count: 12
                          high:  0
                          batch: 1
              vm stats threshold: 8
              all_unreclaimable: 1
              prev_priority:     12
              start_pfn:         1
              inactive_ratio:    1

            """);

        MemoryZone zone = Assert.Single(ZoneInfoFile.Read(_tree.Machine));

        Assert.Equal((3977L * 4096, 5L * 4096, 7L * 4096), (zone.Free, zone.Min, zone.High));
        Assert.Equal((3840L * 4096, 3840L * 4096), (zone.Present, zone.Managed));
        Assert.Equal((null, null, null), (zone.Boost, zone.Promo, zone.Cma));
        Assert.Equal([0, 3243L * 4096, 24201L * 4096, 24201L * 4096], zone.Protection);
        Assert.Equal(3977, zone.Counters["nr_free_pages"]);
        Assert.Equal((12L * 4096, 1L), (zone.PerCpuFree, zone.StartFrame));
        Assert.Null(zone.NodeCounters);
    }

    [Fact]
    public void Nodes_of_old_kernels_begin_with_an_empty_line()
    {
        WriteNode(0, "\nNode 0 MemTotal:  8386868 kB\nNode 0 MemFree:   1234 kB\nNode 0 MemUsed:   8385634 kB\nNode 0 HugePages_Total:     0\n");

        NumaNode node = Assert.Single(NumaNodes.Read(_tree.Machine));

        Assert.Equal((8386868L << 10, 1234L << 10), (node.Total, node.Free));
        Assert.Equal(0, node.Extra["HugePages_Total"]);
        Assert.Null(node.HugePages);
    }

    [Theory]
    [InlineData("MemFree: 6400000 kB", "nr_free_pages 100000", 65536)]
    [InlineData("MemFree: 1600000 kB", "nr_free_pages 100000", 16384)]
    [InlineData("MemFree: 400000 kB", "nr_free_pages 100000", 4096)]
    [InlineData("MemFree: 0 kB", "nr_free_pages 0", 4096)]
    public void The_size_of_a_page_is_what_the_two_files_agree_on(string memory, string counter, int expected)
    {
        _tree.Write("proc/meminfo", $"MemTotal: 16000000 kB\n{memory}\n");
        _tree.Write("proc/vmstat", counter + "\n");

        Assert.Equal(expected, PageSize.Of(Machine.At(_tree.Root)));
    }

    [Fact]
    public void Memory_that_moved_between_the_two_files_does_not_change_the_size_of_a_page()
    {
        // Half of free memory was taken in between; what else stands in both says 64 KiB.
        _tree.Write("proc/meminfo", "MemTotal: 16000000 kB\nMemFree: 6400000 kB\nMapped: 64000 kB\nPageTables: 6400 kB\nSUnreclaim: 128000 kB\n");
        _tree.Write("proc/vmstat", "nr_free_pages 50000\nnr_mapped 1000\nnr_page_table_pages 100\nnr_slab_unreclaimable 2000\n");

        Assert.Equal(65536, PageSize.Of(Machine.At(_tree.Root)));
    }

    [Fact]
    public void Blocks_of_64_KiB_pages_go_up_to_512_MiB()
    {
        _tree.Write("proc/buddyinfo", "Node 0, zone   Normal 1 0 0 0 0 0 0 0 0 0 0 0 0 2\n");
        _tree.Write("proc/meminfo", "MemTotal: 16000000 kB\nMemFree: 6400000 kB\n");
        _tree.Write("proc/vmstat", "nr_free_pages 100000\n");
        Machine machine = Machine.At(_tree.Root);

        Assert.Equal(512L << 20, BuddyInfoFile.Read(machine)[^1].BlockSize);
        Assert.False(HugePageBoot.IsGigantic(machine, 512L << 20));
        Assert.True(HugePageBoot.IsGigantic(machine, 16L << 30));
        Assert.Equal("hugepagesz=16G hugepages=4", HugePageBoot.CommandLine(16L << 30, null, 4));
    }

    [Fact]
    public void Pools_of_every_architecture_are_sorted_by_size()
    {
        foreach (string name in (string[])["hugepages-16777216kB", "hugepages-64kB", "hugepages-2048kB", "hugepages-32768kB", "hugepages-1048576kB", "hugepages-524288kB", "hugepages-1024kB"])
        {
            _tree.Write($"sys/kernel/mm/hugepages/{name}/nr_hugepages", "1\n");
        }

        Assert.Equal([64L << 10, 1 << 20, 2 << 20, 32 << 20, 512 << 20, 1 << 30, 16L << 30], HugePagePools.Read(_tree.Machine).Select(pool => pool.PageSize));
        Assert.All(HugePagePools.Read(_tree.Machine), pool => Assert.Null(pool.Free));
    }

    [Fact]
    public void Mounts_of_old_kernels_show_no_page_size_and_owners_can_be_beyond_31_bits()
    {
        _tree.Write("proc/self/mountinfo", "40 20 0:35 / /mnt/a\\040b rw - hugetlbfs none rw\n41 20 0:36 / /mnt/c rw - hugetlbfs none rw,uid=4294967294,pagesize=16M,size=1048576K\n");

        HugePageMount[] mounts = [.. HugePageMount.Read(_tree.Machine)];

        Assert.Equal(("/mnt/a b", null, 0L, "755"), (mounts[0].Path, mounts[0].PageSize, mounts[0].UserId, mounts[0].Mode));
        Assert.Equal((16L << 20, 1L << 30, 4294967294), (mounts[1].PageSize, mounts[1].Size, mounts[1].UserId));
    }

    [Theory]
    [InlineData("pgsteal_dma 1\npgsteal_normal 10\n", "pgsteal_dma 3\npgsteal_normal 50\n", 42)]
    [InlineData("pgsteal_kswapd_normal 1\npgsteal_direct_normal 10\nkswapd_steal 0\n", "pgsteal_kswapd_normal 11\npgsteal_direct_normal 20\nkswapd_steal 0\n", 20)]
    [InlineData("pgsteal_kswapd 1\npgsteal_direct 10\n", "pgsteal_kswapd 6\npgsteal_direct 10\n", 5)]
    [InlineData("pgsteal_kswapd 1\npgsteal_direct 1\npgsteal_anon 1\npgsteal_file 1\n", "pgsteal_kswapd 9\npgsteal_direct 1\npgsteal_anon 2\npgsteal_file 8\n", 8)]
    public void Reclaimed_pages_are_counted_once_whatever_the_kernel_calls_them(string before, string after, double stolen) =>
        Assert.Equal(stolen, Reading(after, 11).Since(Reading(before, 10)).Stolen);

    [Theory]
    [InlineData(10)]
    [InlineData(9)]
    public void A_clock_that_stands_or_jumps_back_gives_no_rates(int seconds)
    {
        MemoryActivity activity = Reading("pgfault 2\n", seconds).Since(Reading("pgfault 1\n", 10));

        Assert.Null(activity.Faults);
        Assert.Empty(activity.Backwards);
    }

    [Fact]
    public void A_node_that_vanishes_while_it_is_read_is_passed_over()
    {
        WriteNode(0, "Node 0 MemTotal: 1000 kB\n");
        _tree.Write("sys/devices/system/node/node0/numastat", "numa_hit 1\n");
        _tree.Write("sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages", "2\n");
        // Nothing of it is left but the name that was listed.
        Directory.CreateDirectory(_tree.PathOf("sys/devices/system/node/node1/hugepages/hugepages-2048kB"));

        Assert.Equal([0], NumaStatistic.Read(_tree.Machine).Select(node => node.Node));
        Assert.Equal([0], HugePagePools.Read(_tree.Machine).Select(pool => pool.Node!.Value));
        Assert.Equal(2L << 21, NumaNodes.Read(_tree.Machine).First().HugePages);
    }

    [Fact]
    public void Distances_to_nodes_with_gaps_stand_in_the_order_of_the_nodes()
    {
        WriteNode(0, "Node 0 MemTotal: 1000 kB\n");
        WriteNode(2, "Node 2 MemTotal: 1000 kB\n");
        _tree.Write("sys/devices/system/node/node2/distance", "40 10\n");

        Assert.Equal([40, 10], NumaNodes.Read(_tree.Machine).Single(node => node.Id == 2).Distances);
    }

    [Fact]
    public void Numastat_counts_pages_of_the_default_size_and_ours_count_all()
    {
        WriteNode(0, "Node 0 MemTotal: 9000000 kB\nNode 0 HugePages_Total:     4\n");
        _tree.Write("sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages", "4\n");
        _tree.Write("sys/devices/system/node/node0/hugepages/hugepages-1048576kB/nr_hugepages", "3\n");

        Assert.Equal((4L << 21) + (3L << 30), NumaNodes.Read(_tree.Machine).Single().HugePages);
    }

    [Fact]
    public void Caches_without_ways_or_sharing_belong_to_their_CPU()
    {
        _tree.Write("sys/devices/system/cpu/cpu3/cache/index0/level", "1\n");
        _tree.Write("sys/devices/system/cpu/cpu3/cache/index0/type", "Data\n");

        CpuCache cache = Assert.Single(CpuCache.Read(_tree.Machine));

        Assert.Equal((1, null, null), (cache.Level, cache.Size, cache.Ways));
        Assert.Equal([3], cache.Cpus);
    }

    [Fact]
    public void Memory_blocks_without_NUMA_have_no_node_and_old_ones_no_zones()
    {
        _tree.Write("sys/devices/system/memory/block_size_bytes", "10000000\n");
        _tree.Write("sys/devices/system/memory/memory31/phys_index", "0000001f\n");
        _tree.Write("sys/devices/system/memory/memory31/state", "online\n");

        MemoryBlock block = Assert.Single(MemoryBlock.Read(_tree.Machine));

        Assert.Equal((31, 256L << 20, 31UL << 28), (block.Id, block.Size, block.Start));
        Assert.Equal((null, null), (block.Node, block.IsRemovable));
        Assert.Empty(block.Zones);
    }

    [Fact]
    public void Slabs_of_the_old_allocator_and_with_statistics_are_read()
    {
        _tree.Write("proc/slabinfo", "slabinfo - version: 2.1 (statistics)\n# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail> : globalstat\n"
            + "dentry  100 210 192 21 1 : tunables 120 60 8 : slabdata 10 10 0 : globalstat 9 8 7 6 0 0 0 0 0 : cpustat 1 2 3 4\n");

        SlabCache cache = Assert.Single(SlabInfoFile.Read(_tree.Machine));

        Assert.Equal((100L, 210L, 10L * 4096), (cache.ActiveObjects, cache.TotalObjects, cache.Size));
        Assert.Null(cache.IsReclaimable);
    }

    private void WriteNode(int id, string memory)
    {
        _tree.Write($"sys/devices/system/node/node{id}/meminfo", memory);
        _tree.Write($"sys/devices/system/node/node{id}/cpulist", $"{id}\n");
    }

    private static ActivityReading Reading(string counters, int seconds)
    {
        KernelReader reader = KernelReader.Over("/proc/vmstat", System.Text.Encoding.UTF8.GetBytes(counters));
        MemInfo memory = MemInfoFile.Parse(KernelReader.Over("/proc/meminfo", "MemTotal: 1 kB\nMemFree: 1 kB\n"u8.ToArray()), default);
        return new ActivityReading(VmStatFile.Parse(reader), memory, null, 4096, TimeSpan.FromSeconds(seconds));
    }
}
