using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public sealed class UndoMemoryChangeTests : IDisposable
{
    private const string Journal = "var/lib/linuxmemory/journal.jsonl";
    private readonly TemporaryTree _tree = new();

    public UndoMemoryChangeTests() => _tree.Write(ProbeSetCommand.KernelFile, "60\n");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Undo_takes_back_newest_first_and_restores_the_file_exactly()
    {
        _tree.Write(ProbeSetCommand.ConfigFile, "# mine\r\nvm.x=1");
        using ProbeSetCommand set = new() { Persist = true };
        Run(set).Dispose();

        using UndoMemoryChangeCommand undo = new() { Last = 2 };
        using RecordingShell shell = Run(undo);

        Assert.Empty(shell.Errors);
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
        Assert.Equal("# mine\r\nvm.x=1", _tree.Read(ProbeSetCommand.ConfigFile));
        Assert.Equal([(1L, true), (2L, true), (3L, false), (4L, false)], Changes().Select(change => (change.Id, change.IsUndone)));
        Assert.Contains("vm.swappiness = 10", shell.Questions[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_of_the_last_one_again_walks_back_further()
    {
        Set("10").Dispose();
        Set("20").Dispose();

        UndoLast().Dispose();
        Assert.Equal("10\n", _tree.Read(ProbeSetCommand.KernelFile));
        UndoLast().Dispose();
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void Undo_notices_that_somebody_changed_the_setting_since_unless_forced()
    {
        Set("10").Dispose();
        _tree.Write(ProbeSetCommand.KernelFile, "33\n");

        using (RecordingShell refused = UndoLast())
        {
            Assert.Equal(ErrorIds.ChangedSince, Assert.Single(refused.Errors).Id);
            Assert.Equal("33\n", _tree.Read(ProbeSetCommand.KernelFile));
        }
        using UndoMemoryChangeCommand forced = new() { Id = [1], Switches = { nameof(UndoMemoryChangeCommand.Force) } };
        Run(forced).Dispose();
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void What_somebody_else_has_set_back_already_is_silent()
    {
        Set("10").Dispose();
        _tree.Write(ProbeSetCommand.KernelFile, "60\n");

        using RecordingShell shell = UndoLast();

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Questions);
    }

    [Fact]
    public void A_change_that_a_later_one_of_ours_covers_is_refused_with_the_number_of_that()
    {
        Set("10").Dispose();
        Set("20").Dispose();
        using UndoMemoryChangeCommand first = new() { Id = [1] };

        using RecordingShell shell = Run(first);

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.ChangedSince, error.Id);
        Assert.Contains("change 2 made", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_can_be_undone_piped_into_undo_ends_where_it_began_however_often()
    {
        Set("10").Dispose();
        Set("20").Dispose();
        UndoLast().Dispose();
        using UndoMemoryChangeCommand again = new() { Id = [3] };
        Run(again).Dispose();

        for (int i = 0; i < 3; i++)
        {
            using UndoMemoryChangeCommand all = new() { InputObject = [.. Changes().Where(change => change.CanUndo)] };
            using RecordingShell shell = Run(all);

            Assert.Empty(shell.Errors);
            Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
        }
    }

    [Fact]
    public void A_whole_history_piped_into_undo_ends_where_it_began()
    {
        Set("10").Dispose();
        Set("20").Dispose();
        UndoLast().Dispose();
        using UndoMemoryChangeCommand all = new() { InputObject = [.. Changes()] };

        using RecordingShell shell = Run(all);

        Assert.Empty(shell.Errors);
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void A_change_that_nobody_made_is_not_found()
    {
        using UndoMemoryChangeCommand undo = new() { Id = [5] };
        using RecordingShell undone = Run(undo);
        using GetMemoryChangeCommand get = new() { Id = [5] };
        using RecordingShell listed = Run(get);

        Assert.Equal([ErrorIds.ChangeNotFound, ErrorIds.ChangeNotFound], [undone.Errors.Single().Id, listed.Errors.Single().Id]);
    }

    [Fact]
    public void Get_chooses_by_name_number_and_time()
    {
        Set("10").Dispose();
        Set("20").Dispose();

        Assert.Equal(2, Get(new GetMemoryChangeCommand { Name = ["VM.swap*"] }));
        Assert.Equal(0, Get(new GetMemoryChangeCommand { Name = ["vm.dirty*"] }));
        Assert.Equal(1, Get(new GetMemoryChangeCommand { Id = [2] }));
        Assert.Equal(2, Get(new GetMemoryChangeCommand { After = DateTime.Now.AddMinutes(-1) }));
        Assert.Equal(0, Get(new GetMemoryChangeCommand { After = DateTime.Now.AddMinutes(1) }));
    }

    [Fact]
    public void A_garbled_line_of_the_journal_is_a_warning()
    {
        Set("10").Dispose();
        File.AppendAllText(_tree.PathOf(Journal), "garbage\n\n");
        using GetMemoryChangeCommand get = new();

        using RecordingShell shell = Run(get);

        Assert.Single(shell.Output);
        Assert.Contains(":3:", Assert.Single(shell.Warnings), StringComparison.Ordinal);
    }

    private RecordingShell Set(string value)
    {
        using ProbeSetCommand command = new() { Value = value };
        return Run(command);
    }

    private RecordingShell UndoLast()
    {
        using UndoMemoryChangeCommand undo = new() { Last = 1 };
        return Run(undo);
    }

    private int Get(GetMemoryChangeCommand command)
    {
        using (command)
        {
            using RecordingShell shell = Run(command);
            return shell.Output.Count;
        }
    }

    private IReadOnlyList<MemoryChange> Changes() => ChangeJournal.Of(_tree.Machine).Read(malformed => Assert.Fail(malformed.Message));

    private RecordingShell Run(MemoryCmdlet command, RecordingShell? shell = null)
    {
        command.WorkOn(_tree.Machine);
        return CmdletRun.Run(command, shell);
    }
}
