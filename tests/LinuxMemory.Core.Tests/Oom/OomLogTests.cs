using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What logs can be: cut, hostile, endless, full of several kills.</summary>
public class OomLogTests
{
    private const string Kill = "3,9,9000000,-;Out of memory: Killed process 9 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:40kB oom_score_adj:0\n";
    private const string Start = "4,1,8000000,-;a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n";
    private const string Header = "6,2,8000001,-;[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n";
    private const string Row = "6,3,8000002,-;[      9]     0     9     1000       25    40960        0             0 a\n";

    [Fact]
    public void Reads_the_kills_of_a_captured_machine_and_joins_the_group()
    {
        Machine machine = Fixture.Machine("6.12.117+deb12-amd64-cgroup2-oom");
        List<OomEvent> events = [.. OomEvents.Read(machine, null, (_, e) => throw e)];

        Assert.Equal([205, 206, 207], events.Select(e => e.VictimId));
        Assert.Equal([OomEventScope.Cgroup, OomEventScope.Cgroup, OomEventScope.System], events.Select(e => e.Scope));
        Assert.Equal([false, true, false], events.Select(e => e.IsGroupKill));
        Assert.Equal([206, 197], events[1].Victims.Select(victim => victim.Id));
        Assert.All(events, e => Assert.True(e.IsComplete));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795309158).AddMicroseconds(8111419), events[0].Time);
        Assert.Equal("/app.slice/worker.service", events[0].Cgroup);
        Assert.Equal(131072 * 1024L, events[0].Memory!.Limit);
        // The kernel counts what it logged: the group's first victim twice.
        OomKillCount count = OomKillCount.Read(machine, events.GroupBy(e => e.TaskCgroup!).ToDictionary(group => group.Key, group => group.Sum(e => (long)e.CountedKills)))!;
        Assert.Equal((5L, 5L, 0L), (count.Counted, count.Logged, count.Missing));
    }

    [Theory]
    [InlineData("kmsg.txt")]
    [InlineData("dmesg.txt")]
    [InlineData("dmesg-raw.txt")]
    public void Reads_each_form_of_the_captured_log_alike(string file)
    {
        string path = Path.Join(Fixture.PathOf("6.12.117+deb12-amd64-cgroup2-oom"), file);
        List<OomEvent> events = [.. OomEvents.ReadFiles(Machine.Live, [path], (_, e) => throw e)];

        Assert.Equal([205, 206, 207], events.Select(e => e.VictimId));
        Assert.Equal([TimeSpan.FromMicroseconds(8111419), TimeSpan.FromMicroseconds(8955664), TimeSpan.FromMicroseconds(15658209)], events.Select(e => e.SinceBoot!.Value));
        // Dated by the audit and clock lines of the log itself.
        Assert.All(events, e => Assert.InRange(e.Time!.Value - e.SinceBoot!.Value, DateTimeOffset.FromUnixTimeSeconds(1795309157), DateTimeOffset.FromUnixTimeSeconds(1795309160)));
        Assert.All(events, e => Assert.False(e.IsTimeEstimated));
    }

    [Fact]
    public void Says_which_kills_no_log_shows()
    {
        OomKillCount count = OomKillCount.Read(Fixture.Machine("6.12.117+deb12-amd64-cgroup2-oom"), new Dictionary<string, long> { [""] = 1, ["/app.slice/worker.service"] = 1 })!;

        Assert.Equal((5L, 2L, 3L), (count.Counted, count.Logged, count.Missing));
        Assert.Equal(KeyValuePair.Create("/app.slice/worker.service", 3L), Assert.Single(count.Groups));
    }

    [Fact]
    public void A_report_cut_at_the_end_names_who_was_chosen()
    {
        OomEvent e = Assert.Single(OomLogs.Parse(Start + Header + Row
            + "6,4,8000003,-;oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=a,pid=9,uid=0\n"));

        Assert.Equal((OomOutcome.Unknown, 9, "a", false), (e.Outcome, e.VictimId, e.VictimName, e.IsComplete));
    }

    [Fact]
    public void A_report_cut_at_the_begin_keeps_the_table_and_the_kill()
    {
        OomEvent e = Assert.Single(OomLogs.Parse(Row + Kill));

        Assert.Equal((9, false, 1), (e.VictimId, e.IsComplete, e.Tasks.Count));
        Assert.Equal(1000 * 4096L, e.Tasks[0].TotalVm);
    }

    [Fact]
    public void A_report_goes_on_in_the_next_part_of_a_rotated_log()
    {
        OomEvent e = Assert.Single(OomLogs.Parts(Start + Header, Row + Kill));

        Assert.Equal((true, 1, "part 0"), (e.IsComplete, e.Tasks.Count, e.Source));
    }

    [Fact]
    public void A_kill_without_a_report_is_an_event_of_its_own()
    {
        string another = Kill.Replace("process 9", "process 10", StringComparison.Ordinal);
        IReadOnlyList<OomEvent> events = OomLogs.Parse(Start + Header + Row + Kill + another);

        Assert.Equal([(9, true, "a"), (10, false, null)], events.Select(e => (e.VictimId!.Value, e.IsComplete, e.Invoker)));
    }

    [Fact]
    public void Several_kills_of_one_old_report_share_it()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Parse("""
            [   10.000000] a invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0
            [   10.000001] Pid: 9, comm: a Not tainted 2.6.32 #1
            [   10.000002] Out of memory: kill process 9 (a) score 77 or a child
            [   10.000003] Killed process 9 (a)
            [   10.000004] Killed process 12 (b)
            """);

        Assert.Equal([(9, "a"), (12, "b")], events.Select(e => (e.VictimId!.Value, e.VictimName)));
        Assert.All(events, e => Assert.Equal(("a", "2.6.32"), (e.Invoker, e.KernelRelease)));
        Assert.All(events, e => Assert.Null(e.SacrificedForId));
    }

    [Fact]
    public void Two_starts_of_a_machine_are_told_apart()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Parse(Start + "5,0,0,-;Linux version 6.1.0\n" + Kill);

        Assert.Equal([OomOutcome.Unknown, OomOutcome.Killed], events.Select(e => e.Outcome));
        Assert.Null(events[1].Invoker);
    }

    [Theory]
    [InlineData("Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled", OomOutcome.Panic)]
    [InlineData("Kernel panic - not syncing: System is deadlocked on memory", OomOutcome.Panic)]
    [InlineData("Kernel panic - not syncing: Out of memory and no killable processes...", OomOutcome.Panic)]
    [InlineData("Out of memory and no killable processes...", OomOutcome.NoVictim)]
    [InlineData("Out of memory: OOM victim 9 (a) is already exiting. Skip killing the task", OomOutcome.AlreadyExiting)]
    public void Other_ends_of_a_report_are_told(string line, OomOutcome expected) =>
        Assert.Equal(expected, Assert.Single(OomLogs.Parse(Start + Row + $"0,7,8000009,-;{line}\n")).Outcome);

    [Theory]
    [InlineData("Killed process")]
    [InlineData(") total-vm:9kB")]
    [InlineData("(a) score 5")]
    [InlineData("[ 5] 1 1 1 1 x")]
    [InlineData("oom-kill:constr")]
    [InlineData("a, UID 0, (b)")]
    [InlineData("), UID 0, x:1")]
    [InlineData("a\\x0aKilled pr")]
    [InlineData("\\xff\\xfe\\x00")]
    [InlineData("kernel: x")]
    [InlineData(" spaces ")]
    [InlineData("Free swap  = 0")]
    [InlineData("x per-cpu: y")]
    [InlineData("total_vm name")]
    [InlineData("> [    1.0] x")]
    [InlineData("in UB 1: OOM")]
    [InlineData("total-vm:")]
    public void Names_that_imitate_the_log_stay_names(string name)
    {
        string log = (Start + "4,2,8000000,-;CPU: 0 PID: 9 Comm: a Not tainted 6.1.0 #1\n" + Header + Row
            + "6,4,8000003,-;oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=a,pid=9,uid=0\n" + Kill)
            .Replace("(a)", $"({name})", StringComparison.Ordinal).Replace("task=a", $"task={name}", StringComparison.Ordinal).Replace(" 0 a\n", $" 0 {name}\n", StringComparison.Ordinal).Replace("Comm: a", $"Comm: {name}", StringComparison.Ordinal)
            .Replace(";a invoked", $";{name} invoked", StringComparison.Ordinal);

        OomEvent e = Assert.Single(OomLogs.Parse(log));

        string expected = LogText.Plain(Encoding.UTF8.GetBytes(name));
        Assert.Equal((9, expected, expected, true), (e.VictimId, e.VictimName, Assert.Single(e.Tasks).Name, e.IsComplete));
        Assert.Equal((4000 * 1024L, 40 * 1024L, "6.1.0", null), (e.TotalVm, e.PageTables, e.KernelRelease, e.Memory));
        Assert.Equal(expected.TrimStart(), e.Invoker);
    }

    [Fact]
    public void A_report_that_never_ends_is_bounded()
    {
        StringBuilder log = new(Start + Header);
        for (int i = 0; i < 150_000; i++)
        {
            log.Append("6,3,8000002,-;[").Append((i + 10).ToString().PadLeft(7)).Append("]     0     9     1000       25    40960        0             0 a process\n");
        }

        OomEvent e = Assert.Single(OomLogs.Parse(log.ToString()));

        Assert.Equal((TaskTable.MostRows, false), (e.Tasks.Count, e.IsComplete));
        Assert.InRange(e.Text.Length, 1_000_000, 5_000_000);
    }

    [Fact]
    public void A_report_without_an_end_does_not_take_a_later_kill()
    {
        StringBuilder log = new("Mar  4 05:06:07 h kernel: a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n");
        log.Insert(log.Length, "Mar  4 05:06:08 h kernel: usb 1-1: new device\n", 20_000);
        log.Append("Mar  4 07:06:08 h kernel: Out of memory: Killed process 9 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n");

        Assert.Equal([OomOutcome.Unknown, OomOutcome.Killed], OomLogs.Parse(log.ToString()).Select(e => e.Outcome));
    }

    [Fact]
    public void Lines_of_a_megabyte_and_binary_bytes_hide_nothing()
    {
        Random random = new(5);
        byte[] noise = new byte[3_000_000];
        random.NextBytes(noise);
        using MemoryStream log = new();
        log.Write(Encoding.UTF8.GetBytes("5,0,0,-;Linux version 6.1.0\n"));
        for (int i = 0; i < 3; i++)
        {
            log.Write(noise);
            log.Write(Encoding.UTF8.GetBytes("\n" + new string('x', 1_048_576) + " invoked oom-killer: Killed process 1 (x) oom-kill\n"));
        }
        log.Write(Encoding.UTF8.GetBytes(Start + Header + Row + Kill));

        OomEvent e = Assert.Single(OomLogs.Parse(log.ToArray()));

        Assert.True(e.IsComplete);
    }

    [Fact]
    public void A_clock_that_is_set_in_the_middle_does_not_cut_a_report()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            Mar  4 05:06:07 h kernel: a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            Mar  4 04:06:07 h kernel: [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
            Mar  4 04:06:07 h kernel: [      9]     0     9     1000       25    40960        0             0 a
            Mar  4 04:06:08 h kernel: Out of memory: Killed process 9 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB
            """));

        Assert.True(e.IsComplete);
    }

    [Fact]
    public void What_does_not_fit_is_null()
    {
        OomEvent e = Assert.Single(OomLogs.Parse(Start + Header + Row.Replace("1000", "9223372036854775807", StringComparison.Ordinal)
            + Kill.Replace("4000kB", "99999999999999999999kB", StringComparison.Ordinal).Replace("100kB", "-5kB", StringComparison.Ordinal)));

        Assert.Equal((9, null, null, null), (e.VictimId, e.TotalVm, e.AnonRss, e.Tasks[0].TotalVm));
    }

    [Fact]
    public void Lines_about_other_things_cost_no_memory()
    {
        byte[] log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400_000).Select(i => $"Mar  4 05:06:07 host app[{i}]: a line of no interest whatsoever, number {i}\n")));
        OomLogs.Parse(log);
        long before = GC.GetAllocatedBytesForCurrentThread();

        OomLogs.Parse(log);

        // The buffer, and nothing for 400,000 lines.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000);
    }
}
