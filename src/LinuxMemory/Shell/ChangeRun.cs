using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>The changes of one command: each is asked, applied, read back, journaled and reported, the same way for all cmdlets.</summary>
internal sealed class ChangeRun(IShell shell, Machine machine, bool emits)
{
    private readonly List<MemoryChange> _applied = [];
    private ChangeJournal? _journal;
    private bool _isJournaled;

    /// <summary>
    /// The changes of one command, in order. On a tree of files those that last until a restart are left out; where nothing
    /// is left the command is refused, since -Persist is missing.
    /// </summary>
    public void Apply(IReadOnlyCollection<PlannedChange> changes)
    {
        bool keepsAny = machine.HasKernel || changes.Any(change => change.Scope == ChangeScope.Persistent);
        foreach (PlannedChange change in changes)
        {
            if (!keepsAny || machine.HasKernel || change.Scope == ChangeScope.Persistent)
            {
                Apply(change);
            }
        }
    }

    /// <summary>
    /// Asks, applies, reads back, journals and reports one change. Null when it was not made: the setting already is what is
    /// wanted, the user said no, or it is -WhatIf.
    /// </summary>
    /// <exception cref="MemoryErrorException">It was refused; the error says what the command had already changed.</exception>
    public MemoryChange? Apply(PlannedChange change, long? undoes = null)
    {
        RequireKernel(change);
        if (!change.IsNeeded)
        {
            shell.Verbose($"{change.Setting} is {change.NewValue ?? "not set"} already.");
            return null;
        }
        if (change.Caution is not null)
        {
            shell.Warn(change.Caution);
        }
        if (!(change.IsGrave ? shell.ShouldProcessGrave(change.Target, change.Action) : shell.ShouldProcess(change.Target, change.Action)))
        {
            return null;
        }
        _journal ??= OpenJournal();
        MemoryChange made = Make(change, undoes);
        _applied.Add(made);
        if (!change.TellsShortfall && !KernelValue.AreSame(made.NewValue, change.NewValue))
        {
            shell.Warn($"{change.Target}: {change.Setting} is {made.NewValue ?? "not set"} now, not {change.NewValue ?? "removed"}: the kernel took another value than it was given.");
        }
        if (emits)
        {
            shell.Write(made);
        }
        return made;
    }

    private MemoryChange Make(PlannedChange planned, long? undoes)
    {
        // Somebody may have changed it while the user was asked.
        PlannedChange change = (planned.Scope == ChangeScope.Runtime ? planned.AsOf(machine) : planned) with { Watch = new ChangeWatch(Report, shell.Stopping) };
        MemoryChange begun = Record(_journal!.Describe(change, ChangeState.Begun, undoes: undoes), _journal.Begin);
        try
        {
            PlannedChange done = change.Apply(machine);
            MemoryChange applied = _journal.Describe(done, ChangeState.Applied, begun.Id, undoes) with { Time = begun.Time };
            return Record(applied, End);
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            Record(begun with { State = ChangeState.Failed }, End);
            throw new MemoryErrorException(WithWhatWasDone(ErrorRecords.From(e, change.Target, shell)));
        }
        catch (OperationCanceledException)
        {
            Record(begun with { State = ChangeState.Failed }, End);
            throw;
        }
    }

    private void Report(string activity, string status, int percent)
    {
        shell.Stopping.ThrowIfCancellationRequested();
        try
        {
            shell.Progress(activity, status, percent);
        }
        catch (PipelineStoppedException e)
        {
            throw new OperationCanceledException(e.Message, e);
        }
    }

    private MemoryChange End(MemoryChange change)
    {
        _journal!.End(change);
        return change;
    }

    private MemoryChange Record(MemoryChange change, Func<MemoryChange, MemoryChange> write)
    {
        if (!_isJournaled)
        {
            return change with { CanUndo = false };
        }
        try
        {
            return write(change);
        }
        catch (KernelException e)
        {
            _isJournaled = false;
            shell.Warn($"The change of {change.Setting} from {change.OldValue ?? "nothing"} to {change.NewValue ?? "nothing"} is not recorded as {change.State}: {e.Message}.");
            return change with { CanUndo = false };
        }
    }

    private ChangeJournal OpenJournal()
    {
        ChangeJournal journal = ChangeJournal.Of(machine);
        try
        {
            journal.Prepare();
            _isJournaled = true;
        }
        catch (KernelException e)
        {
            string message = $"The journal {journal.Name} cannot be written ({e.Message}), so Undo-MemoryChange will not know what this command changes.";
            if (shell.StopsOnError)
            {
                throw shell.Stop(ErrorRecords.Make(ErrorIds.JournalNotWritable, ErrorCategory.WriteError,
                    $"{message} Nothing was changed.", journal.Name, e));
            }
            shell.Warn(message);
        }
        return journal;
    }

    private void RequireKernel(PlannedChange change)
    {
        if (!machine.HasKernel && change.Scope == ChangeScope.Runtime)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.RuntimeChangeNeedsLiveMachine, ErrorCategory.InvalidOperation,
                $"{change.Setting} lasts until a restart, and {machine.Root} is a tree of files without a running kernel. "
                + "Add -Persist where the command has it, to write what the machine reads when it starts; or leave out -Root.", change.Target));
        }
    }

    private MemoryError WithWhatWasDone(MemoryError error)
    {
        if (_applied.Count == 0)
        {
            return error;
        }
        string done = string.Join(", ", _applied.Select(change => $"{change.Setting} = {change.NewValue ?? "removed"}"));
        string back = string.Join(", ", _applied.Where(change => change.Id > 0 && ChangeJournal.WayBack(change) is not null).Select(change => change.Id));
        return error with
        {
            Message = $"{error.Message.TrimEnd('.')}. Before that this command changed: {done}."
                + (back.Length > 0 ? $" Undo-MemoryChange -Id {back} takes that back." : ""),
        };
    }
}
