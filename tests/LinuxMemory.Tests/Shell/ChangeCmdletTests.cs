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

        Assert.Equal(["3", "2", "1"], Offered("", "Get-MemoryChange"));
        Assert.Equal(["3", "1"], Offered("", "Undo-MemoryChange"));
        Assert.Empty(Offered("7", "Get-MemoryChange"));

        IEnumerable<string> Offered(string word, string command) => new ChangeIdCompleter().Complete(_tree.Machine, new TypedCommand(word, command)).Select(offer => offer.Text);
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

    private RecordingShell Set(string value)
    {
        using ProbeSetCommand command = new() { Value = value };
        return Run(command);
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
