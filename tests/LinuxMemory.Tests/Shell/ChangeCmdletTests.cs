using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class ChangeCmdletTests : IDisposable
{
    private const string Journal = "var/lib/linuxmemory/journal.jsonl";
    private readonly TemporaryTree _tree = new();

    public ChangeCmdletTests() => _tree.Write(ProbeSetCommand.KernelFile, "60\n");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Asks_with_old_and_new_then_applies_and_says_nothing()
    {
        using RecordingShell shell = Set("10");

        Assert.Equal([$"{_tree.PathOf(ProbeSetCommand.KernelFile)} | Change vm.swappiness from 60 to 10"], shell.Questions);
        Assert.Equal("10\n", _tree.Read(ProbeSetCommand.KernelFile));
        Assert.Empty(shell.Output);
        Assert.Empty(shell.Warnings);
    }

    [Fact]
    public void PassThru_emits_what_was_read_back()
    {
        using ProbeSetCommand command = new() { Persist = true, Switches = { nameof(ChangeCmdlet.PassThru) } };
        using RecordingShell shell = Run(command);

        Assert.Equal(
            [(1L, "60", "10", ChangeScope.Runtime, true), (2L, null, "10", ChangeScope.Persistent, true)],
            shell.Output.Cast<MemoryChange>().Select(c => (c.Id, c.OldValue, c.NewValue, c.Scope, c.CanUndo)));
    }

    [Fact]
    public void WhatIf_writes_nothing_at_all()
    {
        using ProbeSetCommand command = new() { Persist = true };
        using RecordingShell shell = new() { Agrees = false };

        Run(command, shell);

        Assert.Equal(2, shell.Questions.Count);
        Assert.Equal([_tree.PathOf(ProbeSetCommand.KernelFile)], Directory.GetFiles(_tree.Root, "*", SearchOption.AllDirectories));
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void Tab_offers_the_newest_change_first_and_to_undo_only_what_can_be_undone()
    {
        using RecordingShell first = Set("10");
        using RecordingShell second = Set("20");
        using UndoMemoryChangeCommand undo = new() { Id = [2] };
        using RecordingShell undone = Run(undo);

        Assert.Equal(["3", "2", "1"], ChangeIdCompleter.Ids(_tree.Machine, "", onlyUndoable: false).Select(offer => offer.Text));
        Assert.Equal(["3", "1"], ChangeIdCompleter.Ids(_tree.Machine, "", onlyUndoable: true).Select(offer => offer.Text));
        Assert.Empty(ChangeIdCompleter.Ids(_tree.Machine, "7", onlyUndoable: false));
    }

    [Fact]
    public void WhatIf_says_of_several_changes_of_one_setting_what_the_undo_does_one_after_the_other()
    {
        using RecordingShell first = Set("10");
        using RecordingShell second = Set("20");
        using UndoMemoryChangeCommand forecast = new() { Last = 2 };
        using UndoMemoryChangeCommand real = new() { Last = 2 };

        using RecordingShell said = Run(forecast, new RecordingShell { Agrees = false });
        using RecordingShell done = Run(real);

        Assert.Empty(said.Errors);
        Assert.Equal(2, said.Questions.Count);
        Assert.Equal(done.Questions, said.Questions);
    }

    [Fact]
    public void What_already_is_so_is_silent_and_writes_nothing()
    {
        using RecordingShell shell = Set("60");

        Assert.Empty(shell.Questions);
        Assert.False(File.Exists(_tree.PathOf(Journal)));
    }

    [Fact]
    public void A_tree_without_a_kernel_takes_only_what_persists()
    {
        using ProbeSetCommand runtime = new() { Root = _tree.Root };
        using RecordingShell refused = CmdletRun.Run(runtime);
        Assert.Equal(ErrorIds.RuntimeChangeNeedsLiveMachine, Assert.Single(refused.Errors).Id);

        using ProbeSetCommand persistent = new() { Root = _tree.Root, Persist = true };
        using RecordingShell shell = CmdletRun.Run(persistent);
        Assert.Empty(shell.Errors);
        Assert.Equal("vm.swappiness = 10\n", _tree.Read(ProbeSetCommand.ConfigFile));
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_is_said_before_anything_changes()
    {
        _tree.Write("var/lib", "no directory");

        using RecordingShell shell = Set("10");

        Assert.Single(shell.Warnings);
        Assert.Equal("10\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_refuses_when_errors_stop()
    {
        _tree.Write("var/lib", "no directory");
        using ProbeSetCommand command = new();
        using RecordingShell shell = new() { StopsOnError = true };

        Run(command, shell);

        Assert.Equal(ErrorIds.JournalNotWritable, Assert.Single(shell.Errors).Id);
        Assert.Equal("60\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

    [Fact]
    public void When_a_later_change_fails_the_error_names_the_earlier_ones_which_are_in_the_journal()
    {
        PlannedChange impossible = KernelFileChange.Plan(_tree.Machine, ProbeSetCommand.KernelFile, "vm.other", "1");
        using ProbeSetCommand command = new() { Then = [new FailingChange { Target = "x", Setting = "vm.other", NewValue = "1" }, impossible] };
        using RecordingShell shell = Run(command);

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.KernelRefused, error.Id);
        Assert.Contains("Undo-MemoryChange -Id 1 ", error.Message, StringComparison.Ordinal);
        Assert.Equal(["vm.swappiness"], Changes().Select(change => change.Setting));
        Assert.Equal("10\n", _tree.Read(ProbeSetCommand.KernelFile));
    }

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

    private sealed record FailingChange : PlannedChange
    {
        public override PlannedChange? Reverse => null;

        public override string? ReadValue(Machine machine) => "0";

        public override PlannedChange Apply(Machine machine) => throw new KernelException(Errno.EINVAL, "write", Target);
    }
}
