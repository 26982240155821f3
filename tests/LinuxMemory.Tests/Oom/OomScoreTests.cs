using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class OomScoreTests : IDisposable
{
    private const string Captured = "6.12.117+deb12-amd64-cgroup2-oom";
    private readonly string _copy = Fixture.Copy(Captured);

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public void Badness_gives_the_score_that_the_kernel_printed()
    {
        using GetOomScoreCommand get = new() { Root = Fixture.PathOf(Captured) };
        using RecordingShell shell = CmdletRun.Run(get);
        MemInfo memory = MemInfoFile.Read(Fixture.Machine(Captured));
        long total = (memory.MemTotal + (memory.SwapTotal ?? 0)) / 4096;

        Assert.Empty(shell.Errors);
        ProcessOomScore[] scores = [.. shell.Output.Cast<ProcessOomScore>()];
        Assert.Contains(scores, score => score is { Id: 1, Badness: null, OomScore: 0 });
        foreach (ProcessOomScore score in scores.Where(score => score.Badness is not null))
        {
            // proc_oom_score() in the kernel's fs/proc/base.c; the numbers were not read at one moment.
            Assert.InRange(score.OomScore, ((1000 + (score.Badness!.Value * 1000 / total)) * 2 / 3) - 2, ((1000 + (score.Badness.Value * 1000 / total)) * 2 / 3) + 2);
        }
    }

    [Fact]
    public void A_kernel_thread_that_was_named_is_an_error()
    {
        using GetOomScoreCommand get = new() { Root = Fixture.PathOf(Captured), Id = [2] };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Equal(ErrorIds.ProcessIsKernelThread, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void Sets_reads_back_and_takes_back()
    {
        using RecordingShell shell = Set(new SetOomScoreAdjCommand { Id = [208], Value = 250, Switches = { nameof(ChangeCmdlet.PassThru) } });

        MemoryChange change = Assert.IsType<MemoryChange>(Assert.Single(shell.Output));
        Assert.Equal(("-500", "250"), (change.OldValue, change.NewValue));
        Assert.Equal("250\n", File.ReadAllText(Adjustment(208)));

        Assert.Empty(Run(new UndoMemoryChangeCommand { Last = 1 }).Errors);
        Assert.Equal("-500\n", File.ReadAllText(Adjustment(208)));
    }

    [Fact]
    public void Another_process_with_the_same_id_is_never_hit()
    {
        Set(new SetOomScoreAdjCommand { Id = [208], Value = 250 }).Dispose();
        string stat = Path.Join(_copy, "proc/208/stat");
        string[] fields = File.ReadAllText(stat).Split(' ');
        fields[21] = "999999";
        File.WriteAllText(stat, string.Join(' ', fields));

        using RecordingShell shell = Run(new UndoMemoryChangeCommand { Last = 1, Switches = { "Force" } });

        Assert.Single(shell.Errors);
        Assert.Equal("250\n", File.ReadAllText(Adjustment(208)));
    }

    [Fact]
    public void Children_are_set_with_their_parent()
    {
        using RecordingShell shell = Set(new SetOomScoreAdjCommand { Id = [1], Value = 100, Switches = { "IncludeChildren" } });

        Assert.Empty(shell.Errors);
        Assert.Equal("100\n", File.ReadAllText(Adjustment(208)));
    }

    // "Get-Process java | Set-OomScoreAdj 500" gives the number to Id.
    [Fact]
    public void Without_a_value_its_name_is_asked_for_and_nothing_is_changed()
    {
        using RecordingShell shell = Set(new SetOomScoreAdjCommand { Id = [208] });

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.ParametersMissing, error.Id);
        Assert.Contains("| Set-OomScoreAdj -Value 500", error.Message, StringComparison.Ordinal);
        Assert.Empty(shell.Questions);
    }

    [Fact]
    public void Without_a_choice_of_processes_nothing_is_changed()
    {
        using RecordingShell shell = Set(new SetOomScoreAdjCommand { Value = 100 });

        Assert.Equal(ErrorIds.InputObjectInvalid, Assert.Single(shell.Errors).Id);
        Assert.Empty(shell.Questions);
    }

    [Theory]
    [InlineData("0::/\n")]
    [InlineData("0::/user.slice/user-1000.slice/session-4.scope\n")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/editor.service\n")]
    public void Persist_is_refused_where_no_unit_of_the_machine_owns_the_process(string cgroup)
    {
        File.WriteAllText(Path.Join(_copy, "proc/208/cgroup"), cgroup);

        using RecordingShell shell = Set(new SetOomScoreAdjCommand { Id = [208], Value = 100, Switches = { "Persist" } });

        Assert.Equal(ErrorIds.ProcessHasNoUnit, Assert.Single(shell.Errors).Id);
        Assert.Equal("-500\n", File.ReadAllText(Adjustment(208)));
    }

    [Theory]
    [InlineData("0::/system.slice/ssh.service\n")]
    [InlineData("4:memory:/x\n1:name=systemd:/system.slice/ssh.service\n")]
    [InlineData("0::/system.slice/ssh.service/workers\n")]
    public void Persist_writes_a_drop_in_of_the_unit_and_undo_removes_it(string cgroup)
    {
        File.WriteAllText(Path.Join(_copy, "proc/208/cgroup"), cgroup);
        string dropIn = Path.Join(_copy, "etc/systemd/system/ssh.service.d/90-linuxmemory.conf");

        using RecordingShell shell = Set(new SetOomScoreAdjCommand { Id = [208], Value = -400, Switches = { "Persist" } });

        Assert.Empty(shell.Errors);
        Assert.Single(shell.Warnings);
        Assert.EndsWith("\n[Service]\nOOMScoreAdjust=-400\n", File.ReadAllText(dropIn), StringComparison.Ordinal);
        Run(new UndoMemoryChangeCommand { Last = 2 }).Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(dropIn)));
    }

    private string Adjustment(int id) => Path.Join(_copy, $"proc/{id}/oom_score_adj");

    private RecordingShell Set(SetOomScoreAdjCommand command) => Run(command);

    private RecordingShell Run(MemoryCmdlet command)
    {
        using (command)
        {
            command.WorkOn(Machine.At(_copy, new RecordingCalls()));
            return CmdletRun.Run(command);
        }
    }
}
