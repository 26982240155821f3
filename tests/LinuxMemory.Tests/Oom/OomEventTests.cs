using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class OomEventTests
{
    private const string Captured = "6.12.117+deb12-amd64-cgroup2-oom";
    private const string Kill = "Mar  4 05:06:07 h kernel: Out of memory: Killed process 9 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n";

    [Fact]
    public void Writes_the_kills_of_a_captured_machine_without_a_warning()
    {
        using GetOomEventCommand get = new() { Root = Fixture.PathOf(Captured) };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Warnings);
        Assert.Equal([205, 206, 207], shell.Output.Cast<OomEvent>().Select(e => e.VictimId));
    }

    [Fact]
    public void After_and_Before_keep_what_lies_between()
    {
        DateTime middle = DateTimeOffset.FromUnixTimeSeconds(1795309158 + 12).UtcDateTime;
        using GetOomEventCommand after = new() { Root = Fixture.PathOf(Captured), After = middle };
        using GetOomEventCommand before = new() { Root = Fixture.PathOf(Captured), Before = middle.ToLocalTime() };

        using RecordingShell late = CmdletRun.Run(after);
        using RecordingShell early = CmdletRun.Run(before);

        Assert.Equal([207], late.Output.Cast<OomEvent>().Select(e => e.VictimId));
        Assert.Equal([205, 206], early.Output.Cast<OomEvent>().Select(e => e.VictimId));
    }

    [Fact]
    public void Warns_of_kills_that_no_log_shows()
    {
        string copy = Fixture.Copy(Captured);
        try
        {
            foreach (string log in Directory.GetFiles(copy, "*.txt").Where(path => Path.GetFileName(path) is "kmsg.txt" or "dmesg.txt" or "dmesg-raw.txt"))
            {
                File.WriteAllLines(log, File.ReadLines(log).Where(line => !line.Contains("illed process", StringComparison.Ordinal)));
            }
            using GetOomEventCommand get = new() { Root = copy };
            using RecordingShell shell = CmdletRun.Run(get);

            Assert.StartsWith("The kernel counts 5 kills since the machine started and the logs show 0: 5 are in no log", Assert.Single(shell.Warnings), StringComparison.Ordinal);
            Assert.Contains("/app.slice/worker.service", shell.Warnings[0], StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_and_the_others_are_read()
    {
        using TemporaryTree tree = new();
        tree.Write("a.log", Kill);
        using GetOomEventCommand get = new() { Path = [tree.PathOf("absent"), tree.PathOf("*.log"), tree.PathOf("no*such")] };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Equal(ErrorIds.KernelFileAbsent, Assert.Single(shell.Errors).Id);
        Assert.Equal(9, Assert.IsType<OomEvent>(Assert.Single(shell.Output)).VictimId);
    }

    [Fact]
    public void A_packed_log_that_is_cut_gives_what_it_has_and_then_one_error()
    {
        using TemporaryTree tree = new();
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.NoCompression))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Kill + "Mar  4 05:06:08 h kernel: a line after it\n"));
        }
        File.WriteAllBytes(tree.PathOf("kern.log.2.gz"), packed.ToArray()[..^20]);
        using GetOomEventCommand get = new() { Path = [tree.PathOf("kern.log.2.gz")] };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Equal(9, Assert.IsType<OomEvent>(Assert.Single(shell.Output)).VictimId);
        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.KernelFileMalformed, error.Id);
        Assert.StartsWith($"{tree.PathOf("kern.log.2.gz")}: expected data that gzip packed, found that the packing ends early. ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("this kernel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_with_brackets_in_its_name_is_meant_by_that_name()
    {
        using TemporaryTree tree = new();
        tree.Write("kern[1].log", Kill);
        using GetOomEventCommand get = new() { Path = [tree.PathOf("kern[1].log")] };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Single(shell.Output);
    }

    [Fact]
    public void Events_of_unknown_time_are_named_when_they_are_left_out()
    {
        using TemporaryTree tree = new();
        tree.Write("a.log", Kill["Mar  4 05:06:07 h kernel: ".Length..]);
        using GetOomEventCommand get = new() { Path = [tree.PathOf("a.log")], After = DateTime.UnixEpoch };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Empty(shell.Output);
        Assert.Contains("1 events of unknown time", Assert.Single(shell.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_without_any_time_is_dated_by_its_file()
    {
        using TemporaryTree tree = new();
        string path = tree.Write("dmesg", """
            [    1.000000] Linux version 6.1.0
            [   50.000000] Out of memory: Killed process 9 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB
            [  110.000000] the last line

            """);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc));
        using GetOomEventCommand get = new() { Path = [path] };
        using RecordingShell shell = CmdletRun.Run(get);

        OomEvent e = Assert.IsType<OomEvent>(Assert.Single(shell.Output));
        Assert.Equal((new DateTimeOffset(2026, 3, 4, 5, 5, 7, TimeSpan.Zero), true), (e.Time, e.IsTimeEstimated));
    }

    [Fact]
    public void A_tree_with_syslog_alone_is_read_in_its_own_time_zone()
    {
        using TemporaryTree tree = new();
        tree.Write("etc/timezone", "Asia/Tokyo\n");
        tree.Write("var/log/messages.1", Kill);
        string log = tree.Write("var/log/messages", Kill.Replace("process 9", "process 10", StringComparison.Ordinal));
        Directory.CreateDirectory(tree.PathOf("proc"));
        File.SetLastWriteTimeUtc(log, new DateTime(2026, 5, 1));
        File.SetLastWriteTimeUtc(tree.PathOf("var/log/messages.1"), new DateTime(2026, 5, 1));
        using GetOomEventCommand get = new() { Root = tree.Root };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Equal([9, 10], shell.Output.Cast<OomEvent>().Select(e => e.VictimId));
        Assert.All(shell.Output.Cast<OomEvent>(), e => Assert.Equal(new DateTimeOffset(2026, 3, 3, 20, 6, 7, TimeSpan.Zero), e.Time));
    }

    [Fact]
    public void A_tree_without_any_log_says_where_it_looked()
    {
        using TemporaryTree tree = new();
        Directory.CreateDirectory(tree.PathOf("proc"));
        using GetOomEventCommand get = new() { Root = tree.Root };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Equal(ErrorIds.KernelFileAbsent, Assert.Single(shell.Errors).Id);
        Assert.Contains("kmsg.txt", shell.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_shows_what_hostile_names_hold_as_one_line()
    {
        using TemporaryTree tree = new();
        tree.Write("a.log", "6,1,5,-;Out of memory: Killed process 9 (a\\x1b[2J\\x0ab) total-vm:4000kB, anon-rss:100kB, file-rss:0kB, shmem-rss:0kB\n");
        using GetOomEventCommand get = new() { Path = [tree.PathOf("a.log")] };
        using RecordingShell shell = CmdletRun.Run(get);

        string text = OomEventText.Format(Assert.Single(shell.Output));

        Assert.Contains("a?[2J?b (9)", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 1, 79));
    }
}
