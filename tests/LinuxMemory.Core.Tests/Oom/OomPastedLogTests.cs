using System.Text;

namespace LinuxMemory.Core.Tests;

/// <summary>Logs as people pass them on: in colours, quoted, indented, wrapped, in UTF-16, with the time of a collector before each line.</summary>
public class OomPastedLogTests
{
    private const long KiB = 1024;

    private static readonly string[] Report =
    [
        "[  100.000001] hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
        "[  100.000002] CPU: 0 UID: 0 PID: 900 Comm: hog Not tainted 6.12.0 #1",
        "[  100.000003] Mem-Info:",
        "[  100.000004] active_anon:100 inactive_anon:200 isolated_anon:0",
        "                active_file:1 inactive_file:2 isolated_file:0",
        "                free:300 free_pcp:0 free_cma:0",
        "[  100.000005] 5000 pages RAM",
        "[  100.000006] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
        "[  100.000007] [    900]  1000   900     1000      500    40960        0             0 hog",
        "[  100.000008] Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB, shmem-rss:160kB, UID:1000 pgtables:40kB oom_score_adj:0",
    ];

    private static string Each(Func<string, string> format) => string.Concat(Report.Select(line => format(line) + "\n"));

    public static TheoryData<string, string> Texts => new()
    {
        { "carriage returns", Each(line => line + "\r\r") },
        { "dmesg in colours", Each(line => line[0] == '[' ? $"\e[32m{line[..15]}\e[0m\e[33m{line[15..]}\e[0m" : line) },
        { "grep in colours", Each(line => line.Replace("oom", "\e[01;31m\e[Koom\e[m\e[K", StringComparison.Ordinal)) },
        { "a mail", "I found this:\n\n" + Each(line => "> " + line) + "\n-- \nme\n" },
        { "an answer to a mail", Each(line => "> > " + line) },
        { "a list", Each(line => line[0] == '[' ? "- " + line : line) },
        { "a block of code", "Here it is:\n\n" + Each(line => "    " + line) + "\nThanks\n" },
        { "tabs", Each(line => "\t" + line) },
        { "vmware.log", Each(line => line[0] == '[' ? $"2026-03-04T05:06:07.127Z In(05) vcpu-5 - Guest: <6>{line}" : line) },
        { "a collector of consoles", Each(line => line[0] == '[' ? $"2026-03-04T05:06:07.127Z {line}" : line) },
        { "a collector of syslog", Each(line => line[0] == '[' ? $"2026-03-04T05:06:08.127Z Mar  4 05:06:07 ip-10-0-0-1 kernel: {line}" : line) },
        { "the times cut off", Each(line => line[0] == '[' ? "kernel: " + line : line) },
        { "all times cut off", Each(line => line[0] == '[' ? "kernel: " + line[15..] : line) },
        { "the tag without a blank", Each(line => line[0] == '[' ? "Mar  4 05:06:07 host kernel:" + line : line) },
        { "three digits", Each(line => line[0] == '[' ? line.Remove(10, 3) : line) },
        { "a vendor's CPU", Each(line => line[0] == '[' ? "[2-" + line[3..] : line) },
        { "a vendor's level", Each(line => line[0] == '[' ? line.Insert(13, ",4") : line) },
        { "a telephone", Each(line => line[0] == '[' ? line.Insert(15, "[1:    kworker/0:1:   34] ") : line) },
        { "dmesg --json", "{\n   \"dmesg\": [\n" + Each(line => line[0] == '[' ? $"      {{\n         \"pri\": 4,\n         \"time\":   {line[3..13]},\n         \"msg\": \"{line[15..]}\"\n      }},{{" : line.Replace("  ", "", StringComparison.Ordinal)).Replace("isolated_anon:0\"\n      },{\nactive_file:1 inactive_file:2 isolated_file:0\nfree:300 free_pcp:0 free_cma:0\n", "isolated_anon:0\\n active_file:1 inactive_file:2 isolated_file:0\\n free:300 free_pcp:0 free_cma:0\"\n      },{\n", StringComparison.Ordinal) + "   ]\n}\n" },
        { "logcat", Each(line => line[0] == '[' ? "03-04 05:06:07.123     0     0 W " + line[15..] : line) },
        { "logcat without tags", Each(line => line[0] == '[' ? "03-04 05:06:07.123     0     0 W         : " + line[15..] : line) },
        { "Talos", Each(line => line[0] == '[' ? " kern: warning: [2026-03-04T05:06:07.654317542Z]: " + line[15..] : line) },
        { "Talos of several nodes", Each(line => line[0] == '[' ? "10.0.0.1: kern:    info: [2026-03-04T05:06:07.654317542Z]: " + line[15..] : line) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Reads_the_report(string how, string text)
    {
        OomEvent e = Assert.Single(OomLogs.Parse(text));

        Assert.True(e.IsComplete, how);
        Check(e);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void Reads_UTF_16(string encoding, bool hasMark)
    {
        Encoding wide = Encoding.GetEncoding(encoding);
        byte[] text = wide.GetBytes(Each(line => line + "\r"));

        Check(Assert.Single(OomLogs.Parse(hasMark ? [.. wide.GetPreamble(), .. text] : text)));
    }

    [Fact]
    public void Reads_the_report_far_behind_in_colours_that_cut_its_words()
    {
        string noise = string.Concat(Enumerable.Range(0, 9000).Select(i => $"[{i / 100m,12:F6}] \e[33musb 1-{i}:\e[0m new device\n"));

        Check(Assert.Single(OomLogs.Parse(noise + Each(line => line.Replace("oom", "\e[01;31m\e[Koom\e[m", StringComparison.Ordinal).Replace("Killed process", "Kill\e[1med process", StringComparison.Ordinal)))));
    }

    [Fact]
    public void Puts_lines_together_that_a_mail_program_wrapped()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            [  100.000001] hog invoked oom-killer:
            gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [  100.000003] Mem-Info:
            [  100.000004] Node 0 DMA32 free:40576kB min:44348kB low:55432kB
            high:66516kB present:2080640kB managed:2008064kB
            [  100.000006] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file
            rss_shmem pgtables_bytes swapents oom_score_adj name
            [  100.000007] [    900]  1000   900     1000      500      400       60
            40    40960        0             0 hog
            [  100.000008] Out of memory: Killed process 900 (hog)
            total-vm:4000kB, anon-rss:1600kB, file-rss:
            240kB, shmem-rss:160kB, UID:1000 pgtables:40kB
            oom_score_adj:0

            """));

        Assert.Equal(("0xcc0(GFP_KERNEL)", 0, 0), (e.GfpMask, e.Order, e.InvokerOomScoreAdj));
        Assert.Equal((66516 * KiB, 2008064 * KiB), (Assert.Single(e.Memory!.Zones).High, e.Memory.Zones[0].Managed));
        Assert.Equal(("hog", 40 * 4096L, 40960L), (Assert.Single(e.Tasks).Name, e.Tasks[0].ShmemRss, e.Tasks[0].PageTables));
        Assert.Equal((4000 * KiB, 1600 * KiB, 240 * KiB, 160 * KiB, 1000L, 0), (e.TotalVm, e.AnonRss, e.FileRss, e.ShmemRss, e.VictimUserId, e.OomScoreAdj));
        Assert.True(e.IsComplete);
    }

    [Fact]
    public void What_a_program_writes_between_is_no_rest_of_the_kernels_line()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            [  100.000001] hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            login: Killed process 1 (init) total-vm:1kB, anon-rss:1kB, file-rss:0kB
            [  100.000004] active_anon:100 inactive_anon:200 isolated_anon:0
            starting 5 jobs ...
            [  100.000008] Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB
            a) total-vm:1kB, anon-rss:1kB, UID:0

            """));

        Assert.Equal((900, "hog", 4000 * KiB, 1600 * KiB), (e.VictimId, e.VictimName, e.TotalVm, e.AnonRss));
        Assert.Equal(100 * 4096L, e.Memory!.ActiveAnon);
        Assert.Null(e.VictimUserId);
    }

    [Fact]
    public void A_newline_in_a_name_hides_no_kill_of_the_journal()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            Mar 04 05:06:07 host kernel: hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            Mar 04 05:06:07 host kernel: Out of memory: Killed process 900 (a
                                         Killed pr) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB, shmem-rss:160kB, UID:1000 pgtables:40kB oom_score_adj:0

            """));

        Assert.Equal((900, "a Killed pr", 4000 * KiB, 1000L), (e.VictimId, e.VictimName, e.TotalVm, e.VictimUserId));
    }

    [Theory]
    [InlineData("10.0.0.1: user: warning: [2026-03-04T05:06:07.6Z]: {0}")]
    [InlineData("user: kern: [2026-03-04T05:06:07.6Z]: {0}")]
    [InlineData("Mon Apr 12 18:29:48 2021 user.notice kernel: {0}")]
    [InlineData("Mon Apr 12 18:29:48 2021 daemon.info kernel: {0}")]
    [InlineData("03-04 05:06:07.123   710   710 E kernel  : {0}")]
    [InlineData("                     [    5.000000] {0}")]
    [InlineData("<11>1 2026-03-04T05:06:07Z host app - - [x@1 y=\"\\\"] kernel - - - \"] {0}")]
    public void Leaves_out_what_programs_wrote(string format)
    {
        string forged = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, "Out of memory: Killed process 1 (init) total-vm:1kB, anon-rss:1kB, file-rss:0kB");

        Assert.Empty(OomLogs.Parse("Mar  4 05:06:07 host kernel: Linux version 6.1\n" + forged + "\n"));
    }

    [Fact]
    public void Finds_the_host_in_monotonic_times_wherever_the_log_begins()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            -- Journal begins at Mon 2026-03-02 05:06:07 UTC. --
            [   90.000001] host sudo: pam_unix(sudo:session): session opened
            [   91.000001] host app: x invoked oom-killer: y
            [  100.000001] host kernel: hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [  100.000002] host app: Out of memory: Killed process 1 (init) total-vm:1kB, anon-rss:1kB, file-rss:0kB
            [  100.000008] host kernel: Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB

            """), found => found.Outcome == OomOutcome.Killed);

        Assert.Equal((900, "hog"), (e.VictimId, e.Invoker));
    }

    [Fact]
    public void A_process_that_is_called_like_a_host_hides_nothing()
    {
        IReadOnlyList<OomEvent> events = OomLogs.Parse("""
            [    0.000000] Linux version 6.1.0
            [   99.000001] Linux kernel: x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [  100.000008] Out of memory: Killed process 900 (Linux kernel: x) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB

            """);

        Assert.Equal((900, "Linux kernel: x"), (Assert.Single(events).VictimId, events[0].VictimName));
    }

    [Fact]
    public void Structured_data_may_hold_brackets()
    {
        OomEvent e = Assert.Single(OomLogs.Parse("""
            <4>1 2026-03-04T05:06:07Z host kernel - - [a@1 b="x\]y] \"] z\\"][c@1 d="e"] hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            <3>1 2026-03-04T05:06:07Z host kernel - - [a@1 b="\]"] Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB

            """));

        Assert.Equal(("hog", 900, true), (e.Invoker, e.VictimId, e.IsComplete));
    }

    private static void Check(OomEvent e)
    {
        Assert.Equal((900, "hog", 1000L, OomEventScope.System), (e.VictimId, e.VictimName, e.VictimUserId, e.Scope));
        Assert.Equal(("hog", 900, "6.12.0", "0xcc0(GFP_KERNEL)"), (e.Invoker, e.InvokerId, e.KernelRelease, e.GfpMask));
        Assert.Equal((4000 * KiB, 1600 * KiB, 240 * KiB, 160 * KiB, 40960L), (e.TotalVm, e.AnonRss, e.FileRss, e.ShmemRss, e.PageTables));
        Assert.Equal((5000 * 4096L, 100 * 4096L, 2 * 4096L, 300 * 4096L), (e.Memory!.Total, e.Memory.ActiveAnon, e.Memory.InactiveFile, e.Memory.Free));
        Assert.Equal((500 * 4096L, "hog"), (Assert.Single(e.Tasks).Rss, e.Tasks[0].Name));
    }
}
