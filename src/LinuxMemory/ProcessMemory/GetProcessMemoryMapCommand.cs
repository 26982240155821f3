using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessMemoryMap: the mappings of processes, written one by one while they are read.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessMemoryMap", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryMapping))]
public sealed class GetProcessMemoryMapCommand : ProcessCmdlet
{
    private WildcardName[]? _paths;
    private uint _kinds = uint.MaxValue;
    private int _denied;
    private KernelException? _denial;

    /// <summary>Read maps instead of smaps: no sizes but Size, and next to no cost for the process.</summary>
    [Parameter]
    public SwitchParameter Fast { get; set; }

    /// <summary>Only mappings of these kinds.</summary>
    [Parameter]
    public ProcessMemoryKind[]? Kind { get; set; }

    /// <summary>Only mappings of files with such a path; wildcards are permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        _paths = Path is null ? null : [.. Path.Select(path => new WildcardName(path))];
        _kinds = Kind is null ? uint.MaxValue : Kind.Aggregate(0U, (kinds, kind) => kinds | (1U << (int)kind));
    }

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            using KernelDirectory directory = process.Open();
            ProcessStat stat = ProcessStatFile.Read(directory);
            if (HasMemory(stat, process))
            {
                WriteMappings(ProcessMemoryMap.Read(directory, stat, ProcessName.Read(directory, stat), IsOn(Fast)));
            }
        }
        catch (KernelException e) when (e.Errno == Errno.ESRCH)
        {
            Ended(process, $"Process {process.Id} ended while it was read.", e);
        }
        catch (KernelException e) when (e.IsDenied && !IsChosen(process))
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

    private void WriteMappings(IEnumerable<ProcessMemoryMapping> mappings)
    {
        foreach (ProcessMemoryMapping mapping in mappings)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            if ((_kinds & (1U << (int)mapping.Kind)) != 0 && (_paths is null || IsLike(mapping.Path, _paths)))
            {
                Shell.Write(mapping);
            }
        }
    }

    private static bool IsLike(string? path, WildcardName[] patterns) => path is not null && patterns.Any(pattern => pattern.IsMatch(path));

    // All processes, or those with a name like bas*, are what happens to be there; an id or a whole name is asked for.
    private bool IsChosen(ProcessTarget process) => process.IsNamed || Name?.Any(name => !new WildcardName(name).HasWildcard) == true;

    private bool HasMemory(ProcessStat stat, ProcessTarget process)
    {
        if (stat.IsKernelThread && IsChosen(process))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ProcessIsKernelThread, ErrorCategory.InvalidArgument,
                $"{stat.Id} ({stat.Comm}) is a thread of the kernel and has no memory of its own.", process.Item ?? process.Id));
        }
        if (stat.IsZombie)
        {
            Ended(process, $"Process {stat.Id} ({stat.Comm}) has ended and waits for its parent; its memory is gone.", null);
        }
        return !stat.IsKernelThread && !stat.IsZombie;
    }

    private void Ended(ProcessTarget process, string message, KernelException? e)
    {
        if (IsChosen(process))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ProcessNotFound, ErrorCategory.ObjectNotFound, message, process.Item ?? process.Id, e));
        }
    }
}
