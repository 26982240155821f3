namespace LinuxMemory.Core.Tests;

/// <summary>Lines that the kernel printed in pieces, as /dev/kmsg shows them.</summary>
public class OomFragmentTests
{
    [Fact]
    public void Fragments_of_kmsg_are_one_line()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            4,1,8000000,-;a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
            6,2,8000001,c;Task in 
            6,3,8000002,+;/docker/4f
            6,4,8000003,+; killed as a result of limit of 
            6,5,8000004,+;/docker
            6,6,8000005,c;Node 0 DMA: 
            6,7,8000006,+;1*64kB (U) 
            6,8,8000007,+;0*128kB = 64kB
            6,9,8000008,-;[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
            6,10,8000009,-;[    9]     0     9     1000       25       3        0             0 a
            3,11,8000010,-;Memory cgroup out of memory: Kill process 9 (a) score 9 or sacrifice child
            3,12,8000011,-;Killed process 9 (a) total-vm:64000kB, anon-rss:100kB, file-rss:0kB

            """));

        Assert.Equal(("/docker/4f", "/docker"), (e.TaskCgroup, e.Cgroup));
        Assert.Equal(3 * 65536L, e.PageTables);
    }

    // Since 4.10 a piece has the flag c, and the begin of its line has none.
    [Theory]
    [InlineData("")]
    [InlineData("6,5,8000004,-;e1000: eth0: link is up\n")]
    [InlineData("30,5,8000004,-;systemd[1]: started\n")]
    [InlineData("4,5,8000004,-;pci 0000:00:1f.2: reset\n SUBSYSTEM=pci\n DEVICE=+pci:0000:00:1f.2\n")]
    public void Pieces_find_their_line_although_a_record_of_another_is_between(string between)
    {
        OomEvent e = Assert.Single(OomLogs.Parse($"""
            4,1,8000000,-;a invoked oom-killer: gfp_mask=0xd0, nodemask=
            {between}4,2,8000000,c;(null)
            4,3,8000000,c;,  order=1, oom_score_adj=7
            6,4,8000001,-;Task in 
            {between}6,6,8000002,c;/docker/4f
            {between}6,7,8000003,c; killed as a result of limit of 
            6,8,8000004,c;/docker
            6,9,8000008,-;[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
            6,10,8000009,-;[    9]     0     9     1000       25       3        0             0 a
            3,11,8000010,-;Memory cgroup out of memory: Kill process 9 (a) score 9 or sacrifice child
            3,12,8000011,-;Killed process 9 (a) total-vm:64000kB, anon-rss:100kB, file-rss:0kB

            """.Replace("            ", "", StringComparison.Ordinal)));

        Assert.Equal(("/docker/4f", "/docker", 1, (int?)7), (e.TaskCgroup, e.Cgroup, e.Order, e.InvokerOomScoreAdj));
        Assert.Contains("\nTask in /docker/4f killed as a result of limit of /docker\n", e.Text, StringComparison.Ordinal);
    }

    // One piece for each number, up to 5.1.
    [Fact]
    public void Statistics_are_whole_although_records_of_others_are_between()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            4,1,8000000,-;a invoked oom-killer: gfp_mask=0x14000c0(GFP_KERNEL), nodemask=(null), order=0, oom_score_adj=0
            6,2,8000001,-;memory: usage 1024kB, limit 1024kB, failcnt 7
            6,3,8000002,-;Memory cgroup stats for /a: cache:4KB rss:8KB
            6,4,8000003,-;e1000: eth0: link is up
            6,5,8000004,c; rss_huge:0KB shmem:12KB
            6,6,8000005,-;usb 1-1: new device
            6,7,8000006,c; unevictable:16KB
            6,8,8000007,-;[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
            6,9,8000008,-;[    9]     0     9     1000       25    40960        0             0 a
            3,10,8000010,-;Memory cgroup out of memory: Kill process 9 (a) score 9 or sacrifice child
            3,11,8000011,-;Killed process 9 (a) total-vm:64000kB, anon-rss:100kB, file-rss:0kB

            """));

        Assert.Equal([("cache", 4L), ("rss", 8L), ("rss_huge", 0L), ("shmem", 12L), ("unevictable", 16L)], e.Memory!.Statistics.Select(statistic => (statistic.Key, statistic.Value / 1024)));
    }

    // The summary has been printed in pieces since 5.0.
    [Fact]
    public void Pieces_of_two_lines_go_where_their_callers_say()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Parse("""
            4,11,5000000,-,caller=T300;alpha invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            4,12,5000100,-,caller=T400;beta invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            6,25,5000700,-,caller=T300;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null)
            6,26,5000701,-,caller=T400;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null)
            6,27,5000702,c,caller=T400;,cpuset=/,mems_allowed=0
            6,28,5000703,c,caller=T300;,cpuset=/,mems_allowed=0
            6,29,5000703,-,caller=C1;e1000: eth0: NIC Link is Up
            6,30,5000703,-,caller=T12;usb 1-1: new device
            6,31,5000704,c,caller=T300;,oom_memcg=/a,task_memcg=/a/one
            6,32,5000705,c,caller=T300;,task=alpha,pid=300,uid=1000
            6,33,5000706,c,caller=T400;,oom_memcg=/b,task_memcg=/b/two
            6,34,5000707,c,caller=T400;,task=beta,pid=400,uid=1001
            3,35,5000800,-,caller=T400;Memory cgroup out of memory: Killed process 400 (beta) total-vm:2400kB, anon-rss:2000kB, file-rss:0kB, shmem-rss:0kB, UID:1001 pgtables:40kB oom_score_adj:5
            3,36,5000900,-,caller=T300;Memory cgroup out of memory: Killed process 300 (alpha) total-vm:1200kB, anon-rss:1000kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:32kB oom_score_adj:0

            """);

        Assert.Equal([("alpha", "/a", "/a/one"), ("beta", "/b", "/b/two")], events.OrderBy(e => e.VictimId).Select(e => (e.VictimName!, e.Cgroup!, e.TaskCgroup!)));
        Assert.Contains("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/one,task=alpha,pid=300,uid=1000\n", events.Single(e => e.VictimId == 300).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_piece_whose_line_is_lost_stays_apart()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            4,11,5000000,-,caller=T300;alpha invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            6,25,5000700,-,caller=T300;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null)
            6,26,5000702,c,caller=T400;,cpuset=/,mems_allowed=0,oom_memcg=/b,task_memcg=/b,task=beta,pid=400,uid=1001
            3,36,5000900,-,caller=T300;Memory cgroup out of memory: Killed process 300 (alpha) total-vm:1200kB, anon-rss:1000kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:32kB oom_score_adj:0

            """));

        Assert.Equal((300, "alpha", (string?)null), (e.VictimId, e.VictimName, e.Cgroup));
    }
}
