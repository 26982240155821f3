using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessMemory: what each process uses, with its share of what it shares.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessMemory", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemory))]
public sealed class GetProcessMemoryCommand : ProcessCmdlet
{
    private const int WorthManyThreads = 16;

    private ProcessMemoryReader? _reader;
    private int _seen;
    private int _withoutPss;

    /// <summary>Leaves out Pss, Uss and SwapPss, whose reading holds a process up while its page tables are walked.</summary>
    [Parameter]
    public SwitchParameter Fast { get; set; }

    /// <summary>Writes the threads of the kernel too, which have no memory of their own.</summary>
    [Parameter]
    public SwitchParameter IncludeKernelThread { get; set; }

    private ProcessMemoryReader Reader => _reader ??= new ProcessMemoryReader(Machine) { Fast = IsOn(Fast) };

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        Write(Reader.Read(process.Id, IsWanted(process)));
    }

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        if (processes.Count < WorthManyThreads)
        {
            base.ProcessMany(processes);
            return;
        }
        int next = 0;
        foreach (ProcessMemoryReading reading in Reader.ReadMany([.. processes.Select(process => (process.Id, IsWanted(process)))], Shell.Stopping))
        {
            PerProcess(processes[next++], () => Write(reading.Get()));
            Shell.Stopping.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        // A sum over a list looks complete. Who named a process sees what is missing, and root cannot have more.
        bool surprises = Id is null && Name is null && InputObject is null && !Environment.IsPrivilegedProcess;
        Action<string> say = surprises ? Shell.Warn : Shell.Verbose;
        if (_withoutPss > 0)
        {
            say($"{_withoutPss} of {_seen} processes do not let us read their Pss, Uss and SwapPss. Run as root, or grant CAP_SYS_PTRACE.");
        }
    }

    private bool IsWanted(ProcessTarget process) => process.IsNamed || Name is not null || IsOn(IncludeKernelThread);

    private void Write(ProcessMemory? memory)
    {
        if (memory is not null)
        {
            _seen++;
            _withoutPss += memory.Access == ProcessMemoryAccess.NoPss && !IsOn(Fast) ? 1 : 0;
            Shell.Write(memory);
        }
    }
}
