using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LinuxMemory.Core.Tests;

/// <summary>One report in every kind of log: the event is the same.</summary>
public class LogPrefixTests
{
    // Seconds since the start and what the kernel said then.
    private static readonly (decimal At, string Text)[] Report =
    [
        (100.000001m, "hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"),
        (100.000002m, "CPU: 0 UID: 0 PID: 900 Comm: hog Not tainted 6.12.0 #1"),
        (100.000003m, "Mem-Info:"),
        (100.000004m, "active_anon:100 inactive_anon:200 isolated_anon:0\n active_file:1 inactive_file:2 isolated_file:0\n free:300 free_pcp:0 free_cma:0"),
        (100.000005m, "5000 pages RAM"),
        (100.000006m, "Tasks state (memory values in pages):"),
        (100.000007m, "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name"),
        (100.000008m, "[    900]  1000   900     1000      500      400       60        40    40960        0             0 hog"),
        (100.000009m, "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=hog,pid=900,uid=1000"),
        (101.5m, "Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB, shmem-rss:160kB, UID:1000 pgtables:40kB oom_score_adj:0"),
    ];

    private static readonly DateTimeOffset Boot = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    // Each makes the lines of one message; the last member tells how exact its times are, null for none.
    private static readonly Dictionary<string, (Func<decimal, string, string[]> Lines, TimeSpan? Exact)> Formats = new()
    {
        ["kmsg"] = ((at, text) => [$"6,17,{Micro(at)},-;{text.Replace("\n", "\\x0a", StringComparison.Ordinal)}"], Exact(1)),
        ["kmsg with a caller"] = ((at, text) => [$"6,17,{Micro(at)},-,caller=T900;{text.Replace("\n", "\\x0a", StringComparison.Ordinal)}"], Exact(1)),
        ["dmesg"] = ((at, text) => Each(text, line => $"[{Stamp(at)}] {line}"), Exact(1)),
        ["dmesg -r"] = ((at, text) => Each(text, line => $"<6>[{Stamp(at)}] {line}"), Exact(1)),
        ["dmesg -x"] = ((at, text) => Each(text, line => $"kern  :info  : [{Stamp(at)}] {line}"), Exact(1)),
        ["dmesg -d"] = ((at, text) => Each(text, line => $"[{Stamp(at)} <    0.000001>] {line}"), Exact(1)),
        ["dmesg -t"] = ((_, text) => Each(text, line => line), null),
        ["dmesg -T"] = ((at, text) => Each(text, line => $"[{Time(at):ddd MMM} {Time(at).Day,2} {Time(at):HH:mm:ss yyyy}] {line}"), Exact(1_000_000)),
        ["dmesg --time-format iso"] = ((at, text) => Each(text, line => $"{Time(at):yyyy-MM-ddTHH:mm:ss,ffffff}+00:00 {line}"), Exact(1)),
        ["serial console with a caller"] = ((at, text) => Each(text, line => $"[{Stamp(at)}][  T900] {line}"), Exact(1)),
        ["dmesg with a caller"] = ((at, text) => Each(text, line => $"[{Stamp(at)}] [   T900] {line}"), Exact(1)),
        ["syslog"] = ((at, text) => Each(text, line => $"{Old(at)} host kernel: {line}"), Exact(1_000_000)),
        ["syslog with uptime"] = ((at, text) => Each(text, line => $"{Old(at)} host kernel: [{Stamp(at)}] {line}"), Exact(1_000_000)),
        ["syslog with priority"] = ((at, text) => Each(text, line => $"<6>{Old(at)} host kernel: [{Stamp(at)}] {line}"), Exact(1_000_000)),
        ["syslog of rsyslog's imkmsg"] = ((at, text) => [$"{Old(at)} host kernel: [{Stamp(at)}] {text.Replace("\n", "#012", StringComparison.Ordinal)}"], Exact(1_000_000)),
        ["busybox"] = ((at, text) => Each(text, line => $"{Old(at)} host kern.info kernel: [{Stamp(at)}] {line}"), Exact(1_000_000)),
        ["logread of OpenWrt"] = ((at, text) => Each(text, line => $"{Time(at):ddd MMM} {Time(at).Day,2} {Time(at):HH:mm:ss yyyy} kern.info kernel: [{Stamp(at)}] {line}"), Exact(1_000_000)),
        ["rsyslog with ISO times"] = ((at, text) => Each(text, line => $"{Time(at).ToOffset(TimeSpan.FromHours(2)):yyyy-MM-ddTHH:mm:ss.ffffffzzz} host kernel: [{Stamp(at)}] {line}"), Exact(1)),
        ["RFC 5424"] = ((at, text) => Each(text, line => $"<6>1 {Time(at):yyyy-MM-ddTHH:mm:ss.ffffff}Z host kernel - - - {line}"), Exact(1)),
        ["RFC 5424 without priority"] = ((at, text) => Each(text, line => $"1 {Time(at):yyyy-MM-ddTHH:mm:ss.ffffff}Z host kernel 0 ID1 [a b=\"c\"][d e=\"]\\]\"] [{Stamp(at)}] {line}"[..].Replace("\"]\\]\"", "\"\\]\"", StringComparison.Ordinal)), Exact(1)),
        ["journalctl"] = ((at, text) => Indented($"{Old(at)} host kernel: ", text), Exact(1_000_000)),
        ["journalctl -o short-precise"] = ((at, text) => Indented($"{Time(at):MMM dd HH:mm:ss.ffffff} host kernel: ", text), Exact(1)),
        ["journalctl -o short-iso"] = ((at, text) => Indented($"{Time(at):yyyy-MM-ddTHH:mm:ss}+0000 host kernel: ", text), Exact(1_000_000)),
        ["journalctl -o short-full"] = ((at, text) => Indented($"{Time(at):ddd yyyy-MM-dd HH:mm:ss} UTC host kernel: ", text), Exact(1_000_000)),
        ["journalctl -o short-monotonic"] = ((at, text) => Indented($"[{Stamp(at)}] host kernel: ", text), Exact(1)),
        ["journalctl -o short-unix"] = ((at, text) => Indented($"{Time(at).ToUnixTimeMilliseconds() / 1000}.{Time(at):ffffff} host kernel: ", text), Exact(1)),
        ["journalctl -o json"] = ((at, text) => [JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["_BOOT_ID"] = "f00", ["__REALTIME_TIMESTAMP"] = (Time(at).ToUnixTimeMilliseconds() * 1000).ToString(CultureInfo.InvariantCulture), ["MESSAGE"] = text,
            ["_TRANSPORT"] = "kernel", ["_SOURCE_MONOTONIC_TIMESTAMP"] = Micro(at),
        })], Exact(1000)),
        ["journalctl -o json, as bytes"] = ((at, text) => [$"{{ \"__REALTIME_TIMESTAMP\" : \"{Time(at).ToUnixTimeMilliseconds()}000\", \"_TRANSPORT\" : \"kernel\", \"MESSAGE\" : [{string.Join(',', Encoding.UTF8.GetBytes(text))}], \"X\" : [\"a\", null] }}"], Exact(1000)),
        ["syslog with carriage returns"] = ((at, text) => Each(text, line => $"{Old(at)} host kernel: {line}\r"), Exact(1_000_000)),
    };

    public static TheoryData<string> Names => [.. Formats.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_the_report(string format)
    {
        (Func<decimal, string, string[]> lines, TimeSpan? exact) = Formats[format];
        string log = string.Concat(Report.SelectMany(line => lines(line.At, line.Text)).Select(line => line + "\n"));

        OomEvent e = Assert.Single(OomLogs.Parse(log, Boot.AddDays(200), Boot));

        Assert.Equal((900, "hog", 1000L, OomEventScope.System, true), (e.VictimId, e.VictimName, e.VictimUserId, e.Scope, e.IsComplete));
        Assert.Equal((900, "6.12.0", "0xcc0(GFP_KERNEL)"), (e.InvokerId, e.KernelRelease, e.GfpMask));
        Assert.Equal((4000 * 1024L, 1600 * 1024L, 240 * 1024L, 160 * 1024L, 40960L), (e.TotalVm, e.AnonRss, e.FileRss, e.ShmemRss, e.PageTables));
        Assert.Equal((5000 * 4096L, 100 * 4096L, 2 * 4096L, 300 * 4096L), (e.Memory!.Total, e.Memory.ActiveAnon, e.Memory.InactiveFile, e.Memory.Free));
        Assert.Equal((500 * 4096L, "hog"), (Assert.Single(e.Tasks).Rss, e.Tasks[0].Name));
        if (exact is null)
        {
            Assert.Null(e.Time);
        }
        else
        {
            Assert.InRange((e.Time!.Value - Time(101.5m)).Duration(), TimeSpan.Zero, exact.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Finds_the_report_behind_many_other_lines(string format)
    {
        (Func<decimal, string, string[]> lines, _) = Formats[format];
        StringBuilder log = new();
        void Add(decimal at, string text) => log.AppendJoin('\n', lines(at, text)).Append('\n');
        for (int i = 0; i < 8000; i++)
        {
            Add(i / 100m, $"eth{i}: link is up, {i} users, memory pressure none");
        }
        foreach ((decimal at, string text) in Report)
        {
            Add(at, text);
        }
        for (int i = 0; i < 8000; i++)
        {
            Add(200 + (i / 100m), "usb 1-1: new full-speed USB device");
        }

        Assert.Equal(900, Assert.Single(OomLogs.Parse(log.ToString(), Boot.AddDays(200), Boot)).VictimId);
    }

    [Fact]
    public void Reads_relative_times_of_dmesg()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            [Mar 4 05:06] Linux version 6.1.0
            [  +0.500000] usb 1-1: new device
            [ +59.500000] hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [  +1.000000] Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB, shmem-rss:160kB, UID:1000 pgtables:40kB oom_score_adj:0
            """, Boot.AddDays(1)));

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 7, 1, TimeSpan.Zero), e.Time);
    }

    [Theory]
    [InlineData("14,1,5,-;{0}")]
    [InlineData("<12>[    5.000000] {0}")]
    [InlineData("user  :err   : [    5.000000] {0}")]
    [InlineData("Mar  4 05:06:07 host root: {0}")]
    [InlineData("Mar  4 05:06:07 host app[12]: kernel: {0}")]
    [InlineData("Mar  4 05:06:07 host user.err kernel: {0}")]
    [InlineData("<14>Mar  4 05:06:07 host kernel: {0}")]
    [InlineData("<11>1 2026-03-04T05:06:07Z host kernel - - - {0}")]
    [InlineData("<3>1 2026-03-04T05:06:07Z host app - - - kernel - - - {0}")]
    [InlineData("2026-03-04T05:06:07Z host app kernel: {0}")]
    [InlineData("{{\"_TRANSPORT\":\"syslog\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"{0}\"}}")]
    [InlineData("{{\"_TRANSPORT\":\"stdout\",\"transport\":\"kernel\",\"MESSAGE\":\"{0}\"}}")]
    public void Leaves_out_what_programs_wrote(string format)
    {
        string forged = string.Format(CultureInfo.InvariantCulture, format, "Out of memory: Killed process 1 (init) total-vm:1kB, anon-rss:1kB, file-rss:0kB");
        string dressed = "6,0,0,-;Linux version 6.1\n[    0.000000] Linux version 6.1\n";

        Assert.Empty(OomLogs.Parse(dressed + forged + "\n", Boot.AddDays(1)));
    }

    [Theory]
    [InlineData("Dec 31 23:59:59", "2026-01-02", "2025-12-31T23:59:59Z")]
    [InlineData("Jan  1 00:00:00", "2026-01-02", "2026-01-01T00:00:00Z")]
    [InlineData("Jan  3 01:00:00", "2026-01-02", "2025-01-03T01:00:00Z")]
    [InlineData("Feb 29 12:00:00", "2026-01-02", "2024-02-29T12:00:00Z")]
    public void Finds_the_year_that_syslog_leaves_out(string stamp, string written, string expected)
    {
        OomEvent e = Assert.Single(OomLogs.Parse($"{stamp} h kernel: Out of memory: Killed process 9 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB\n",
            DateTimeOffset.Parse(written + "T00:00:00Z", CultureInfo.InvariantCulture)));

        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), e.Time);
    }

    private static TimeSpan Exact(int microseconds) => TimeSpan.FromMicroseconds(microseconds);

    private static DateTimeOffset Time(decimal at) => Boot.AddTicks((long)(at * 10_000_000));

    private static string Micro(decimal at) => ((long)(at * 1_000_000)).ToString(CultureInfo.InvariantCulture);

    private static string Stamp(decimal at) => at.ToString("0.000000", CultureInfo.InvariantCulture).PadLeft(12);

    private static string Old(decimal at) => string.Create(CultureInfo.InvariantCulture, $"{Time(at):MMM} {Time(at).Day,2} {Time(at):HH:mm:ss}");

    private static string[] Each(string text, Func<string, string> format) => [.. text.Split('\n').Select(format)];

    private static string[] Indented(string prefix, string text) => [.. text.Split('\n').Select((line, i) => (i == 0 ? prefix : new string(' ', prefix.Length)) + line)];
}
