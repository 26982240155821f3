using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>
/// A cmdlet that looks into the address spaces of processes. Threads of the kernel and zombies, which have none, are an error
/// only when the user asked for them; those that nobody asked for and that are denied are left out, with one warning.
/// </summary>
public abstract class AddressSpaceCmdlet : ProcessCmdlet
{
    private int _denied;
    private KernelException? _denial;

    /// <summary>Looks at one process that has memory of its own; its directory is held open.</summary>
    protected abstract void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat);

    /// <inheritdoc />
    protected sealed override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            using KernelDirectory directory = process.Open();
            if (StatWithMemory(directory, process) is ProcessStat stat)
            {
                Look(process, directory, stat);
            }
        }
        catch (KernelException e) when (e.Errno == Errno.ESRCH)
        {
            if (IsChosen(process))
            {
                throw NotFound($"Process {process.Id} ended while it was read.", process.Item ?? process.Id, e);
            }
        }
        catch (KernelException e) when (e.IsDenied && !IsChosen(process) && !ProcessList.HidesOthers(Machine))
        {
            _denied++;
            _denial = e;
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        if (_denial is not null)
        {
            string those = _denied == 1 ? "1 process was" : $"{_denied} processes were";
            Shell.Warn($"{those} left out: {ErrorRecords.From(_denial, null, Shell).Message}");
        }
    }
}
