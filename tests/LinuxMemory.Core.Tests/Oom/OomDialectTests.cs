namespace LinuxMemory.Core.Tests;

/// <summary>The same words of the kernel in logs that escape, split and join them in their own ways.</summary>
public class OomDialectTests
{
    private const long KiB = 1024;

    private const string Record = """
        4,500,100000000,-;stress invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
        4,501,100000010,-;CPU: 1 PID: 900 Comm: stress Not tainted 6.1.0-13-amd64 #1  Debian 6.1.55-1
        6,502,100000020,-;memory: usage 131072kB, limit 131072kB, failcnt 27
        6,504,100000022,-;Memory cgroup stats for /system.slice/a\x5cx2db.service:
        6,505,100000023,-;anon 132000000\x0afile 4096\x0ashmem 8192\x0aslab_unreclaimable 2222\x0aworkingset_refa
        6,506,100000024,-;Tasks state (memory values in pages):
        6,507,100000025,-;[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
        6,508,100000026,-;[    900]     0   900    40000    32000   300000        0             0 stress
        6,509,100000030,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice/a\x5cx2db.service,task_memcg=/system.slice/a\x5cx2db.service,task=stress,pid=900,uid=0
        3,510,100000031,-;Memory cgroup out of memory: Killed process 900 (stress) total-vm:160000kB, anon-rss:127000kB, file-rss:1000kB, shmem-rss:0kB, UID:0 pgtables:292kB oom_score_adj:0

        """;

    // What the other logs make of the records.
    private static string Syslog(string newline) => string.Concat(Record.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => $"2023-02-10T08:09:10+0000 node kernel: {line[(line.IndexOf(';') + 1)..].Replace("\\x0a", newline).Replace("\\x5c", "\\")}\n"));

    public static TheoryData<string> Dialects => [Record, Syslog("#012"), Syslog("\n                               ")];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Statistics_of_a_cgroup_that_are_one_message_are_read_from_every_log(string log)
    {
        OomEvent e = Assert.Single(OomLogs.Parse(log));

        Assert.Equal(
            [("anon", 132000000), ("file", 4096), ("shmem", 8192), ("slab_unreclaimable", 2222)],
            e.Memory!.Statistics.Select(statistic => (statistic.Key, statistic.Value)));
        Assert.Equal((8192L, 2222L, 131072 * KiB), (e.Memory.Shmem, e.Memory.SlabUnreclaimable, e.Memory.Usage));
        Assert.True(e.IsComplete);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void The_backslashes_of_a_unit_stay_in_its_path(string log)
    {
        OomEvent e = Assert.Single(OomLogs.Parse(log));

        Assert.Equal((@"/system.slice/a\x2db.service", @"/system.slice/a\x2db.service"), (e.Cgroup, e.TaskCgroup));
    }

    [Fact]
    public void Statistics_of_the_groups_below_are_part_of_the_group()
    {
        OomEvent e = OomLogs.Read("el7-3.10-memcg-messages", new DateTimeOffset(2021, 1, 1, 6, 0, 0, TimeSpan.Zero))[0];

        Assert.Equal((522228 * KiB, 12 * KiB), (e.Memory!.Statistics["rss"], e.Memory.Statistics["cache"]));
        Assert.Equal((522224 * KiB, 4 * KiB), (e.Memory.ActiveAnon, e.Memory.Mapped));
    }

    [Fact]
    public void A_chosen_thread_of_the_victim_is_no_parent_that_it_died_for()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            Mar  3 10:15:33 db kernel: java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
            Mar  3 10:15:33 db kernel: Task in /app killed as a result of limit of /app
            Mar  3 10:15:33 db kernel: [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
            Mar  3 10:15:33 db kernel: [21430]  1000 21430  1764522   526312    1180        0             0 java
            Mar  3 10:15:33 db kernel: Memory cgroup out of memory: Kill process 21444 (C2 CompilerThre) score 1005 or sacrifice child
            Mar  3 10:15:33 db kernel: Killed process 21430 (java) total-vm:7058088kB, anon-rss:2096180kB, file-rss:9068kB, shmem-rss:0kB

            """));

        Assert.Equal((21430, "java", 1005L), (e.VictimId, e.VictimName, e.Score));
        Assert.Null(e.SacrificedForId);
        Assert.Null(e.SacrificedForName);
    }

    [Theory]
    [InlineData("[Di Mär  5 14:33:21 2024] ")]
    [InlineData("[mar. févr. 13 14:33:21 2024] ")]
    public void A_time_in_another_language_hides_no_event(string stamp)
    {
        OomEvent e = Assert.Single(OomLogs.Parse($"""
            {stamp}hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            {stamp}Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB, shmem-rss:160kB, UID:1000 pgtables:40kB oom_score_adj:0

            """));

        Assert.Equal(("hog", 900, "hog", null), (e.Invoker, e.VictimId, e.VictimName, e.Time));
        Assert.True(e.IsComplete);
    }

    [Fact]
    public void A_byte_order_mark_belongs_to_no_line()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("\uFEFF" + Record));

        Assert.Equal(("stress", 0), (e.Invoker, e.Order));
    }
}
