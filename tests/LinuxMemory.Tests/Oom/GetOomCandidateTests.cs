using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class GetOomCandidateTests : IDisposable
{
    private readonly string _copy = Fixture.Copy("6.1.0-56-amd64-cgroup1-nopsi");

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public void First_keeps_those_who_are_killed_first()
    {
        using RecordingShell shell = Run(new GetOomCandidateCommand { First = 1 });

        OomCandidate first = Assert.IsType<OomCandidate>(Assert.Single(shell.Output));
        Assert.Equal((1, 100), (first.Rank, first.RelativePercent));
    }

    [Fact]
    public void In_a_group_only_its_processes_are_candidates_measured_by_its_limit()
    {
        using RecordingShell shell = Run(new GetOomCandidateCommand { Cgroup = ["app"] });

        OomCandidate only = Assert.IsType<OomCandidate>(Assert.Single(shell.Output));
        Assert.Equal((140, 67108864L, "/app"), (only.Id, only.Total, only.Cgroup));
        Assert.Empty(shell.Warnings);
    }

    [Theory]
    [InlineData("../app")]
    [InlineData("absent")]
    public void A_group_that_is_not_there_is_an_error(string path)
    {
        using RecordingShell shell = Run(new GetOomCandidateCommand { Cgroup = [path] });

        Assert.Equal(ErrorIds.CgroupNotFound, Assert.Single(shell.Errors).Id);
    }

    [Theory]
    [InlineData(null, "proc/sys/vm/panic_on_oom", "1\n", 1)]
    [InlineData(null, "proc/sys/vm/oom_kill_allocating_task", "1\n", 1)]
    [InlineData("app", "proc/sys/vm/panic_on_oom", "1\n", 0)]
    [InlineData("app", "proc/sys/vm/panic_on_oom", "2\n", 1)]
    [InlineData("app", "sys/fs/cgroup/memory/app/memory.oom_control", "oom_kill_disable 1\nunder_oom 0\noom_kill 0\n", 1)]
    [InlineData("app", "sys/fs/cgroup/memory/app/memory.limit_in_bytes", "9223372036854771712\n", 1)]
    public void A_setting_by_which_the_ranks_mean_nothing_is_a_warning(string? group, string file, string text, int warnings)
    {
        File.WriteAllText(Path.Join(_copy, file), text);
        string stat = Path.Join(_copy, "sys/fs/cgroup/memory/app/memory.stat");
        if (file.EndsWith("limit_in_bytes", StringComparison.Ordinal))
        {
            File.WriteAllText(stat, File.ReadAllText(stat).Replace("hierarchical_memory_limit 67108864", "hierarchical_memory_limit 9223372036854771712", StringComparison.Ordinal));
        }

        using RecordingShell shell = Run(new GetOomCandidateCommand { Cgroup = group is null ? null : [group] });

        Assert.Equal(warnings, shell.Warnings.Count);
    }

    [Theory]
    [InlineData(1000, "from -500 to 1000 (rank 2 becomes 1 of 2)")]
    [InlineData(-1000, "from -500 to -1000 (rank 2 becomes: never chosen)")]
    [InlineData(-400, "from -500 to -400 (rank 2 of 2 stays)")]
    public void An_adjustment_says_what_becomes_of_the_rank(int value, string expected)
    {
        using SetOomScoreAdjCommand set = new() { Id = [208], Value = value };
        set.WorkOn(Machine.At(Fixture.PathOf("6.12.117+deb12-amd64-cgroup2-oom"), new RecordingCalls()));
        using RecordingShell shell = new() { Agrees = false };

        CmdletRun.Run(set, shell);

        Assert.EndsWith(expected, Assert.Single(shell.Questions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, "..........")]
    [InlineData(0.1, "#.........")]
    [InlineData(55.0, "######....")]
    [InlineData(100.0, "##########")]
    [InlineData(null, "")]
    public void The_bar_shows_tenths(double? percent, string bar) => Assert.Equal(bar, OomText.Bar(percent));

    private RecordingShell Run(GetOomCandidateCommand command)
    {
        using (command)
        {
            command.WorkOn(Machine.At(_copy, new RecordingCalls()));
            return CmdletRun.Run(command);
        }
    }
}
