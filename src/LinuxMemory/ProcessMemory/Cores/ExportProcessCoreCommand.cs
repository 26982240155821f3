using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Export-ProcessCore: writes the memory of a process into a file that debuggers open, while the process runs on.</summary>
[Cmdlet(VerbsData.Export, "ProcessCore", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(ProcessCore))]
public sealed class ExportProcessCoreCommand : AddressSpaceCmdlet
{
    /// <summary>The file, which must not be there yet; {id} and {name} in it stand for the process.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Only the content of mappings of these kinds; the others are listed without it.</summary>
    [Parameter]
    public ProcessMemoryKind[]? Kind { get; set; }

    /// <summary>Stop the process until all is copied, so that all of it is from one moment.</summary>
    [Parameter]
    public SwitchParameter Freeze { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        if (Path.Length == 0)
        {
            throw Missing("Say -Path, for example Get-Process java | Export-ProcessCore -Path '/var/tmp/{name}-{id}.core'");
        }
    }

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        RequireChoice();
        base.ProcessMany(processes);
    }

    /// <inheritdoc />
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(stat);
        if (stat.Id == Environment.ProcessId)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ProcessIsOwn, ErrorCategory.InvalidOperation,
                "This session cannot write its own core: it would have to stop and to write at once. Start another session for it.", process.Item ?? process.Id));
        }
        string name = ProcessName.Read(directory, stat);
        string path = Shell.ResolvePath(Path).Replace("{id}", $"{stat.Id}", StringComparison.OrdinalIgnoreCase).Replace("{name}", FileName(name), StringComparison.OrdinalIgnoreCase);
        ProcessCore core;
        try
        {
            if (System.IO.Path.Exists(path))
            {
                throw new KernelException(Errno.EEXIST, "openat", path);
            }
            if (!Shell.ShouldProcess(path, $"Write the core of process {stat.Id} ({name}){(IsOn(Freeze) ? ", which stands still meanwhile" : "")}"))
            {
                return;
            }
            core = ProcessCore.Write(process.Machine, directory, path, Kind, IsOn(Freeze), Shell.Stopping);
        }
        catch (KernelException e) when (e.Errno == Errno.EEXIST && e.Target != path)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.KernelRefused, ErrorCategory.ResourceExists,
                $"{e.Message}. On this file system a core has that name until it is finished: another session is writing it, or one was killed. Remove it if none is, or give another -Path.", process.Item ?? process.Id, e));
        }
        catch (KernelException e) when (e.Errno == Errno.EEXIST)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.KernelRefused, ErrorCategory.ResourceExists,
                $"{e.Message}. A core never replaces a file: give another -Path; {{id}} and {{name}} in it stand for the process.", process.Item ?? process.Id, e));
        }
        if (core.ThreadsWithoutRegisters > 0)
        {
            Shell.Warn($"{core.ThreadsWithoutRegisters} of {core.Threads} threads did not stop in time, since they wait in the kernel for a device or for a child of vfork; their registers are not in {core.Path}.");
        }
        Shell.Write(core);
    }

    // A program names itself as it likes, and must not choose the directory: the path was resolved before, and ".." is none after this.
    private static string FileName(string name) =>
        string.Concat(name.Select((letter, i) => letter is '/' or '\\' || char.IsControl(letter) || (i == 0 && letter == '.') ? '_' : letter));
}
