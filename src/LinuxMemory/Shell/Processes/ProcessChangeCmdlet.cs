using System.Management.Automation;
using LinuxMemory.Kernel;

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

    /// <summary>False for a process without memory that nobody asked for.</summary>
    /// <exception cref="MemoryErrorException">The user asked for one without memory, or for one whose memory the kernel does not let us change.</exception>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">Its stat file is cut or garbled.</exception>
    protected bool HasMemory(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        using KernelDirectory directory = process.Open();
        ProcessStat? stat = StatWithMemory(directory, process);
        if (stat?.LivingThread is not null && IsChosen(process))
        {
            // A pidfd is one of the first thread, and leads to its memory alone.
            throw NotFound($"The first thread of process {stat.Id} ({stat.Comm}) has ended and others run on: their memory can be read, but the kernel neither moves it nor takes advice about it.", process.Item ?? process.Id, null);
        }
        return stat is { LivingThread: null };
    }

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
