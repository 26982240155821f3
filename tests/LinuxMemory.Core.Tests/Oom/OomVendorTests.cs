namespace LinuxMemory.Core.Tests;

/// <summary>Kernels that say it in their own way: the oldest, those of vendors, those without NUMA.</summary>
public class OomVendorTests
{
    private const long KiB = 1024;
    private const long Page = 4096;

    [Fact]
    public void Reads_a_report_of_2_6_9_that_names_nobody()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            Mar  3 04:12:07 db kernel: oom-killer: gfp_mask=0xd0
            Mar  3 04:12:07 db kernel: Mem-info:
            Mar  3 04:12:07 db kernel: DMA per-cpu:
            Mar  3 04:12:07 db kernel: cpu 0 hot: low 2, high 6, batch 1
            Mar  3 04:12:07 db kernel: Free pages:        4012kB (240kB HighMem)
            Mar  3 04:12:07 db kernel: Active:41408 inactive:239841 dirty:0 writeback:0 unstable:0 free:1003 slab:4559 mapped:281415 pagetables:1654
            Mar  3 04:12:07 db kernel: DMA free:68kB min:68kB low:136kB high:204kB active:4984kB inactive:5812kB present:16384kB pages_scanned:11351 all_unreclaimable? no
            Mar  3 04:12:07 db kernel: protections[]: 0 0 0
            Mar  3 04:12:07 db kernel: Free swap:       2040212kB
            Mar  3 04:12:07 db kernel: 294912 pages of RAM
            Mar  3 04:12:07 db kernel: 4411 reserved pages
            Mar  3 04:12:07 db kernel: Out of Memory: Killed process 3456 (jserver).

            """));

        Assert.Equal((null, "0xd0(GFP_KERNEL)", null, 3456, "jserver"), (e.Invoker, e.GfpMask, e.Order, e.VictimId, e.VictimName));
        Assert.Equal((1003 * Page, 294912 * Page, 4411 * Page, 2040212 * KiB), (e.Memory!.Free, e.Memory.Total, e.Memory.Reserved, e.Memory.SwapFree));
        Assert.Equal((281415 * Page, 68 * KiB), (e.Memory.Mapped, Assert.Single(e.Memory.Zones).Free));
        Assert.Equal((OomEventScope.System, true), (e.Scope, e.IsComplete));
    }

    [Fact]
    public void Reads_a_report_of_2_6_18_of_Red_Hat()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            Mar  3 04:12:07 web kernel: httpd invoked oom-killer: gfp_mask=0x201d2, order=0, oomkilladj=0
            Mar  3 04:12:07 web kernel:
            Mar  3 04:12:07 web kernel: Call Trace:
            Mar  3 04:12:07 web kernel:  [<ffffffff800cb67d>] out_of_memory+0x8e/0x2f3
            Mar  3 04:12:07 web kernel: Mem-info:
            Mar  3 04:12:07 web kernel: Node 1 HighMem per-cpu: empty
            Mar  3 04:12:07 web kernel: Free pages:       85048kB (0kB HighMem)
            Mar  3 04:12:07 web kernel: Active:6438386 inactive:1742978 dirty:0 writeback:0 unstable:0 free:21262 slab:7758 mapped-file:984 mapped-anon:7948245 pagetables:16991
            Mar  3 04:12:07 web kernel: Node 0 Normal free:22292kB min:22776kB low:28468kB high:34164kB active:13023356kB inactive:3311476kB present:16547840kB pages_scanned:29612126 all_unreclaimable? yes
            Mar  3 04:12:07 web kernel: lowmem_reserve: 0 0 0 0
            Mar  3 04:12:07 web kernel: Free swap  = 0kB
            Mar  3 04:12:07 web kernel: Total swap = 524280kB
            Mar  3 04:12:07 web kernel: 8912896 pages of RAM
            Mar  3 04:12:07 web kernel: 675442 reserved pages
            Mar  3 04:12:07 web kernel: Out of memory: Killed process 21988, UID 27, (mysqld).

            """));

        Assert.Equal(("httpd", 0, null), (e.Invoker, e.Order, e.InvokerOomScoreAdj));
        Assert.Equal((21988, "mysqld", 27L), (e.VictimId, e.VictimName, e.VictimUserId));
        Assert.Equal((21262 * Page, 16991 * Page, 7948245 * Page), (e.Memory!.Free, e.Memory.PageTables, e.Memory.Counters["mapped-anon"]));
        Assert.Equal((0L, 524280 * KiB, true), (e.Memory.SwapFree, e.Memory.SwapTotal, e.Memory.Zones[0].IsUnreclaimable));
    }

    [Fact]
    public void Reads_a_kill_in_a_container_of_Virtuozzo()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Parse("""
            Nov 24 12:17:04 node kernel: [758955.653217] OOM killer in rage, 16 tasks killed in ub 1234
            Nov 24 12:17:04 node kernel: [758955.653313] Out of memory in UB 1234: OOM killed process 21738 (php-cgi) score 7 vm:281988kB, rss:17004kB, swap:12kB
            Nov 24 12:17:07 node kernel: [758957.803617] Out of memory in UB 1234: OOM killed process 21747 (x) score 5 vm:1kB) score 0 vm:281980kB, rss:17008kB, swap:0kB
            Nov 24 12:17:08 node kernel: [758958.803617] OOM killed process 21750 (httpd) score 0 vm:281984kB, rss:17008kB, swap:0kB

            """);

        Assert.Equal([21738, 21747, 21750], events.Select(e => e.VictimId!.Value));
        Assert.Equal(["php-cgi", "x) score 5 vm:1kB", "httpd"], events.Select(e => e.VictimName));
        Assert.Equal([281988 * KiB, 281980 * KiB, 281984 * KiB], events.Select(e => e.TotalVm!.Value));
        Assert.Equal((OomEventScope.Cgroup, "UB 1234", 12 * KiB, 7L), (events[0].Scope, events[0].Cgroup, events[0].Swap, events[0].Score));
    }

    [Fact]
    public void A_kernel_without_NUMA_names_no_cpuset()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            [43512.308374] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task_memcg=/,task=hostapd,pid=4183,uid=0
            [43512.319144] Out of memory: Killed process 4183 (hostapd) total-vm:3508kB, anon-rss:156kB, file-rss:960kB, shmem-rss:0kB, UID:0 pgtables:24kB oom_score_adj:0

            """));

        Assert.Equal((null, null, null, "/", OomEventScope.System), (e.NodeMask, e.Cpuset, e.MemsAllowed, e.TaskCgroup, e.Scope));
    }

    [Fact]
    public void A_node_mask_ends_where_its_nodes_end()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("[ 5.0] oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=0,2-3,cpuset=/,mems_allowed=0-3,global_oom,task_memcg=/,task=a,pid=9,uid=0\n"));

        Assert.Equal(("0,2-3", "0-3"), (e.NodeMask, e.MemsAllowed));
    }

    [Fact]
    public void Reserved_pages_below_zero_are_unknown()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            [   74.000000] init invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
            [   74.676905] 131072 pages RAM
            [   74.683662] 4294965447 pages reserved
            [   74.699457] Kernel panic - not syncing: Out of memory and no killable processes...

            """));

        Assert.Equal((131072 * Page, null, OomOutcome.Panic), (e.Memory!.Total, e.Memory.Reserved, e.Outcome));
    }

    [Fact]
    public void A_table_whose_header_the_log_has_lost_is_not_complete()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            Jun 20 12:47:42 db kernel: [15180321.768572] controller invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0, oom_score_adj=0
            Jun 20 12:47:43 db kernel: [15180321.785320] CPU    8: hi:  186, btch:  31 usd:   8
            Jun 20 12:47:43 db kernel: [123033]    48 23033    53758      838   4       0             0 httpd
            Jun 20 12:47:43 db kernel: [15180322.380605] Out of memory: Kill process 14278 (php-fpm) score 6 or sacrifice child
            Jun 20 12:47:43 db kernel: [15180322.381182] Killed process 14278, UID 1002, (php-fpm) total-vm:752004kB, anon-rss:139876kB, file-rss:79816kB

            """));

        Assert.Equal((14278, false, 1), (e.VictimId, e.IsComplete, e.Tasks.Count));
    }

    [Fact]
    public void Two_reports_without_an_end_are_two_events_of_one_log()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Parse("""
            Feb  4 16:15:15 kernel: df invoked oom-killer: gfp_mask=0xd0, order=0, oomkilladj=0
            Feb  4 16:15:16 kernel: df invoked oom-killer: gfp_mask=0x40d0, order=1, oomkilladj=0

            """);

        Assert.Equal([0, 1], events.Select(e => e.Order!.Value));
        OomEventSet seen = new();
        Assert.True(seen.Add(events[0]) && seen.Add(events[1]) && !seen.Add(events[1]));
    }

    [Fact]
    public void Threads_that_share_the_memory_are_killed_slowly()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            [   55.090000] Out of memory: Kill process 3780 (a) score 879 or sacrifice child
            [   55.091437] Killed process 3780 (a) total-vm:2166860kB, anon-rss:1570864kB, file-rss:4kB
            [   55.093269] Kill process 3781 (b) sharing same memory
            [   65.541045] Kill process 3783 (c) sharing same memory

            """));

        Assert.Equal([3780, 3781, 3783], e.Victims.Select(victim => victim.Id));
    }
}
