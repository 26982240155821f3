namespace LinuxMemory.Core.Tests;

/// <summary>Reports of kernels from 2.6.32 to 6.8, each in another kind of log.</summary>
public class OomEraTests
{
    private const long Page = 4096;
    private const long KiB = 1024;

    [Fact]
    public void Reads_a_report_of_2_6_32_of_Red_Hat_in_syslog()
    {
        OomEvent e = Assert.Single(OomLogs.Read("el6-2.6.32-messages", new DateTimeOffset(2015, 3, 4, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal(new DateTimeOffset(2015, 3, 3, 4, 12, 7, TimeSpan.Zero), e.Time);
        Assert.Equal((OomEventScope.System, OomOutcome.Killed, true), (e.Scope, e.Outcome, e.IsComplete));
        Assert.Equal(("httpd", 9702, 0, 0), (e.Invoker, e.InvokerId, e.Order, e.InvokerOomScoreAdj));
        Assert.Equal("0x201da(GFP_HIGHUSER_MOVABLE|__GFP_COLD)", e.GfpMask);
        Assert.Equal((9682, "mysqld", 27L, 9L), (e.VictimId, e.VictimName, e.VictimUserId, e.Score));
        Assert.Equal((47388 * KiB, 3744 * KiB, 80 * KiB, (long?)null), (e.TotalVm, e.AnonRss, e.FileRss, e.ShmemRss));
        Assert.Equal(("2.6.32-431.el6.x86_64", "/", "0-1"), (e.KernelRelease, e.Cpuset, e.MemsAllowed));
        Assert.Equal(["udevd", "mysqld_safe", "mysqld", "httpd"], e.Tasks.Select(task => task.Name));
        Assert.Equal((2662 * Page, 1 * Page, -1000, -17), (e.Tasks[0].TotalVm, e.Tasks[0].Rss, e.Tasks[0].OomScoreAdj, e.Tasks[0].OomAdj));
        Assert.Null(e.Tasks[0].PageTables);
        Assert.Equal((262128 * Page, 13240 * Page, 90512 * Page, 9122 * Page), (e.Memory!.Total, e.Memory.Reserved, e.Memory.ActiveAnon, e.Memory.PageTables));
        Assert.Equal((0L, 2097144 * KiB), (e.Memory.SwapFree, e.Memory.SwapTotal));
        Assert.Equal([(0, "DMA", false), (0, "DMA32", true)], e.Memory.Zones.Select(zone => (zone.Node!.Value, zone.Name, zone.IsUnreclaimable!.Value)));
    }

    [Fact]
    public void Reads_a_report_of_2_6_32_about_a_cpuset_whose_child_was_killed()
    {
        OomEvent e = Assert.Single(OomLogs.Read("mainline-2.6.32-dmesg"));

        Assert.Equal(OomEventScope.Cpuset, e.Scope);
        Assert.Equal((3302, "worker child", 3300, "worker", 4711L), (e.VictimId, e.VictimName, e.SacrificedForId, e.SacrificedForName, e.Score));
        Assert.Equal(TimeSpan.FromSeconds(912.1011), e.SinceBoot);
        // The hardware clock's line dates the start.
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1336288089000 - 1520 + 912101), e.Time!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal("0x280da(GFP_HIGHUSER_MOVABLE|__GFP_ZERO)", e.GfpMask);
        Assert.Equal([(null, "DMA"), (null, "HighMem")], e.Memory!.Zones.Select(zone => (zone.Node, zone.Name)));
        Assert.Equal((300 * Page, 20 * Page, 6 * Page), (e.Memory.Free, e.Memory.InactiveFile, e.Memory.Shmem));
        Assert.Equal([0, 0], e.Tasks.Select(task => task.OomAdj));
        Assert.Null(e.TotalVm);
    }

    [Fact]
    public void Reads_a_report_of_3_10_about_a_container_and_a_kill_whose_report_was_left_out()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Read("el7-3.10-memcg-messages", new DateTimeOffset(2021, 1, 1, 6, 0, 0, TimeSpan.Zero));

        Assert.Equal(2, events.Count);
        OomEvent e = events[0];
        Assert.Equal(new DateTimeOffset(2020, 12, 31, 23, 59, 59, TimeSpan.Zero), e.Time);
        Assert.Equal((OomEventScope.Cgroup, "/kubepods/burstable/pod1", "/kubepods/burstable/pod1/4f0e"), (e.Scope, e.Cgroup, e.TaskCgroup));
        Assert.Equal((21007, "java", 1000L, 969), (e.VictimId, e.VictimName, e.VictimUserId, e.OomScoreAdj));
        Assert.Equal((524288 * KiB, 524288 * KiB, 81L, null), (e.Memory!.Usage, e.Memory.Limit, e.Memory.FailCount, e.Memory.SwapLimit));
        Assert.Equal((400 * Page, 7 * Page), (e.PageTables, e.Swap));
        Assert.Equal("0xd0(GFP_KERNEL)", e.GfpMask);
        Assert.True(e.IsComplete);
        Assert.Equal(new DateTimeOffset(2021, 1, 1, 0, 0, 3, TimeSpan.Zero), events[1].Time);
        Assert.Equal((21500, OomEventScope.Cgroup, false, null), (events[1].VictimId, events[1].Scope, events[1].IsComplete, events[1].Invoker));
    }

    [Fact]
    public void Reads_a_report_of_4_4_whose_child_was_killed()
    {
        OomEvent e = Assert.Single(OomLogs.Read("ubuntu-4.4-kern", new DateTimeOffset(2020, 10, 31, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal(new DateTimeOffset(2020, 10, 30, 6, 26, 10, TimeSpan.Zero), e.Time);
        Assert.Equal(TimeSpan.FromMicroseconds(8968123660), e.SinceBoot);
        Assert.Equal("0x26000c0(GFP_KERNEL|__GFP_NOTRACK)", e.GfpMask);
        Assert.Equal(2, e.Order);
        Assert.Equal((2290, "php worker 1", 2200, "apache2"), (e.VictimId, e.VictimName, e.SacrificedForId, e.SacrificedForName));
        Assert.Equal((305 * Page, 12000 * Page, 33L), (e.PageTables, e.Swap, e.VictimUserId));
        Assert.Equal((1900 * Page, 4100 * Page, 580000 * KiB), (e.Memory!.PageTables, e.Memory.Free, e.Memory.Zones[0].Managed));
    }

    [Fact]
    public void Reads_a_report_of_4_19_as_journalctl_prints_it()
    {
        OomEvent e = Assert.Single(OomLogs.Read("debian-4.19-journal-short", new DateTimeOffset(2019, 8, 6, 12, 0, 0, TimeSpan.Zero)));

        Assert.Equal(("0-1", "0x6000c0(GFP_KERNEL)"), (e.NodeMask, e.GfpMask));
        Assert.Equal((778, true), (e.VictimId, Assert.Single(e.Victims).IsReaped));
        Assert.Equal((3796992L, 0L, 0), (e.PageTables, e.Swap, e.OomScoreAdj));
        // The lines that journalctl prints without a prefix.
        Assert.Equal((1500 * Page, 13000 * Page), (e.Memory!.PageTables, e.Memory.Free));
        Assert.Equal(2, e.Tasks.Count);
    }

    [Fact]
    public void Reads_a_report_of_5_4_about_a_memory_policy_and_its_bytes_that_are_called_kB()
    {
        OomEvent e = Assert.Single(OomLogs.Read("focal-5.4-rsyslog-iso"));

        Assert.Equal(new DateTimeOffset(2020, 4, 30, 11, 14, 16, 100, TimeSpan.Zero).AddMicroseconds(9), e.Time);
        Assert.Equal((OomEventScope.Policy, "CONSTRAINT_MEMORY_POLICY", "0,2", "0-3"), (e.Scope, e.Constraint, e.NodeMask, e.MemsAllowed));
        Assert.Equal(1622016, e.PageTables);
        Assert.Equal("/user.slice/user-1000.slice/session-4.scope", e.TaskCgroup);
        Assert.Equal((6000 * Page, 4 * Page), (e.Memory!.Free, e.Memory.Shmem));
    }

    [Fact]
    public void Reads_a_report_with_pages_of_64_KiB_and_names_that_imitate_it()
    {
        OomEvent e = Assert.Single(OomLogs.Read("arm64-5.15-64k-rfc5424"));

        Assert.Equal((91, "fill, task=x,pid", 65534L), (e.VictimId, e.VictimName, e.VictimUserId));
        Assert.Equal(("/batch", "/batch/a,task_memcg=/b"), (e.Cgroup, e.TaskCgroup));
        Assert.Equal((65536 * KiB, null, 60817408L), (e.Memory!.Limit, e.Memory.SwapLimit, e.Memory.Statistics["anon"]));
        Assert.Equal((140 * 65536L, 40 * 65536L, 131072L), (e.Tasks[0].TotalVm, e.Tasks[0].Rss, e.Tasks[0].PageTables));
        Assert.Equal((2 * 65536L, 192 * KiB), (e.Swap, e.PageTables));
        Assert.Equal(("sh", 90, 1000), (e.Invoker, e.InvokerId, e.InvokerOomScoreAdj));
    }

    [Fact]
    public void Reads_a_kill_by_SysRq_with_real_times()
    {
        OomEvent e = Assert.Single(OomLogs.Read("sysrq-6.8-dmesg-T"));

        Assert.Equal(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), e.Time);
        Assert.Null(e.SinceBoot);
        Assert.Equal((true, -1, "kworker/2:1", 55), (e.IsSysRq, e.Order, e.Invoker, e.InvokerId));
        Assert.Equal((4000, "Web Content", 4294967294L, -500), (e.VictimId, e.VictimName, e.VictimUserId, e.OomScoreAdj));
        OomTask task = Assert.Single(e.Tasks);
        Assert.Equal((4294967294L, 8000 * Page, 1500 * Page, 500 * Page, 9 * Page), (task.UserId, task.AnonRss, task.FileRss, task.ShmemRss, task.Swap));
        Assert.Equal("Web Content", task.Name);
        Assert.True(e.Victims[0].IsReaped);
        Assert.StartsWith("sysrq: Manual OOM execution\nkworker/2:1 invoked oom-killer", e.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interleaved-6.1-callers-kmsg")]
    [InlineData("interleaved-6.1-kmsg")]
    public void Tells_two_reports_apart_whose_lines_are_mixed(string log)
    {
        IReadOnlyList<OomEvent> events = OomLogs.Read(log, boot: DateTimeOffset.UnixEpoch);

        Assert.Equal(2, events.Count);
        OomEvent alpha = events.Single(e => e.VictimName == "alpha");
        OomEvent beta = events.Single(e => e.VictimName == "beta");
        Assert.Equal((300, "alpha", "/a", 0), (alpha.VictimId, alpha.Invoker, alpha.Cgroup, alpha.Order));
        Assert.Equal((400, "beta", "/b", 1), (beta.VictimId, beta.Invoker, beta.Cgroup, beta.Order));
        Assert.True(alpha.Victims[0].IsReaped && beta.Victims[0].IsReaped);
        Assert.Equal(TimeSpan.FromMicroseconds(5000800), beta.SinceBoot);
    }

    [Fact]
    public void Gives_each_its_own_lines_where_the_log_names_the_callers()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Read("interleaved-6.1-callers-kmsg", boot: DateTimeOffset.UnixEpoch);

        Assert.All(events, e => Assert.Equal(e.VictimName, Assert.Single(e.Tasks).Name));
        Assert.Equal([1024 * KiB, 2048 * KiB], events.OrderBy(e => e.VictimId).Select(e => e.Memory!.Usage!.Value));
        Assert.DoesNotContain("NIC Link", string.Concat(events.Select(e => e.Text)), StringComparison.Ordinal);
    }
}
