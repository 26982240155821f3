using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>
/// A cmdlet that changes processes: chosen as in <see cref="ProcessCmdlet"/>, changed as in <see cref="ChangeCmdlet"/>.
/// </summary>
public abstract class ProcessChangeCmdlet : ProcessCmdlet
{
    private ChangeRun? _run;

    /// <summary>Emit the changes that were made, with the values that were read back.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ChangeRun Run => _run ??= new ChangeRun(Shell, Machine, IsOn(PassThru));

    /// <summary>
    /// Applies the changes of one command in order. On a tree of files those that last until a restart are left out; where nothing
    /// is left the command is refused, since -Persist is missing.
    /// </summary>
    /// <exception cref="MemoryErrorException">One was refused; the error says what the command had already changed.</exception>
    protected void Apply(IReadOnlyCollection<PlannedChange> changes) => Run.Apply(changes);

    /// <summary>
    /// Asks, applies, reads back, journals and reports one change. Null when it was not made: the setting already is what is
    /// wanted, the user said no, or it is -WhatIf.
    /// </summary>
    /// <exception cref="MemoryErrorException">It was refused; the error says what the command had already changed.</exception>
    protected MemoryChange? Apply(PlannedChange change) => Run.Apply(change);
}
