using System.Globalization;
using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>
/// A cmdlet about processes, chosen as with Get-Process: by id, by name, by object, or all of them. A cmdlet overrides
/// <see cref="ProcessOne"/>; a process that ends meanwhile is an error only when the user named it.
/// </summary>
public abstract class ProcessCmdlet : MemoryCmdlet
{
    /// <summary>The parameter set without a choice, which every process cmdlet names as its default.</summary>
    protected internal const string All = "All";

    /// <summary>The parameter set that chooses by Id.</summary>
    protected internal const string ById = "Id";

    /// <summary>The parameter set that chooses by Name.</summary>
    protected internal const string ByName = "Name";

    /// <summary>The parameter set that chooses by InputObject.</summary>
    protected internal const string ByObject = "InputObject";

    /// <summary>The ids of the processes.</summary>
    [Parameter(ParameterSetName = ById, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PID", "ProcessId")]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    public int[]? Id { get; set; }

    /// <summary>The names of the processes; wildcards are permitted.</summary>
    [Parameter(ParameterSetName = ByName, Mandatory = true, Position = 0)]
    [Alias("ProcessName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProcessNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Processes as objects: what Get-Process or a cmdlet of this module writes, or anything with the property Id or ProcessId.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    public object[]? InputObject { get; set; }

    internal const string OthersAreHidden = "Processes of other users are hidden from us (/proc is mounted with hidepid). Run as root, or grant CAP_SYS_PTRACE.";

    // A clock that is set right moves the start of everything; ids come again only after all others were used.
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(60);

    private DateTimeOffset? _boot;

    /// <summary>True when objects tell of processes at other times, which may have ended since.</summary>
    private protected virtual bool TakesRecords => false;

    /// <summary>Does the work for one process. What it throws is reported about that process.</summary>
    protected abstract void ProcessOne(ProcessTarget process);

    /// <summary>Does the work for several processes; overridden where they can be worked on together.</summary>
    protected virtual void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        foreach (ProcessTarget process in processes)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            PerProcess(process, () => ProcessOne(process));
        }
    }

    /// <inheritdoc />
    protected sealed override void ProcessItem()
    {
        if (Id is not null)
        {
            ProcessNamed(Id.Select(id => (id, (object)id)));
        }
        else if (InputObject is not null)
        {
            ProcessObjects(InputObject);
        }
        else
        {
            if (ProcessList.HidesOthers(Machine))
            {
                Shell.Warn(OthersAreHidden);
            }
            ProcessMany(Name is null ? [.. ProcessList.Ids(Machine).Select(id => new ProcessTarget(Machine, id))] : Matching(Name));
        }
    }

    /// <summary>Stops where the user chose no process: for cmdlets that all processes at once are too much for.</summary>
    /// <exception cref="MemoryErrorException">None was chosen.</exception>
    protected void RequireChoice()
    {
        if (Id is null && Name is null && InputObject is null)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.InputObjectInvalid, ErrorCategory.InvalidArgument,
                "Say which processes: -Id, -Name, or pipe them in.", null));
        }
    }

    /// <summary>The error to stop with where an argument is missing that stands behind the processes; the text shows a right command.</summary>
    protected Exception Missing(string text) => Shell.Stop(ErrorRecords.Make(ErrorIds.ParametersMissing, ErrorCategory.InvalidArgument,
        $"{text}. An argument without a name is taken for the id or the name of a process first, after a pipe, too.", null));

    /// <summary>True for an id, an object or a whole name, which is asked for; all processes, or those with a name like bas*, are what happens to be there.</summary>
    protected bool IsChosen(ProcessTarget process) =>
        process?.IsNamed == true || Name?.Any(name => !new WildcardName(name).HasWildcard) == true;

    /// <summary>
    /// The stat of a process that has memory of its own; null for a thread of the kernel or a zombie that nobody asked for.
    /// </summary>
    /// <exception cref="MemoryErrorException">The user asked for one that has none.</exception>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">Its stat file is cut or garbled.</exception>
    protected ProcessStat? StatWithMemory(KernelDirectory directory, ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        ProcessStat stat = ProcessStatFile.Read(directory);
        bool isChosen = IsChosen(process);
        if (stat.IsKernelThread && isChosen)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ProcessIsKernelThread, ErrorCategory.InvalidArgument,
                $"{stat.Id} ({stat.Comm}) is a thread of the kernel and has no memory of its own.", process.Item ?? process.Id));
        }
        if (stat.IsZombie && isChosen)
        {
            throw NotFound(WithoutMemory(stat), process.Item ?? process.Id, null);
        }
        return stat.IsKernelThread || stat.IsZombie ? null : stat;
    }

    /// <summary>Runs the work for one process and reports what it throws.</summary>
    protected void PerProcess(ProcessTarget process, Action work)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(work);
        PerItem(process.Item ?? process.Id, () =>
        {
            try
            {
                work();
            }
            catch (Exception e) when (process.HasEnded(e))
            {
                Ended(process, e);
            }
            catch (KernelException e) when (e.IsDenied && !IsChosen(process) && ProcessList.HidesOthers(Machine))
            {
                // The warning spoke of all of them.
            }
        });
    }

    // Memory belongs to threads: when the first one has ended, only the others still show it.
    private static string WithoutMemory(ProcessStat stat) => stat.Threads > 1
        ? $"The first thread of process {stat.Id} ({stat.Comm}) has ended, and none of the others shows the memory: they are ending, too, or this tree lacks their files (proc/{stat.Id}/task)."
        : $"Process {stat.Id} ({stat.Comm}) has ended and waits for its parent; its memory is gone.";

    private void Ended(ProcessTarget process, Exception e)
    {
        if (process.IsNamed)
        {
            throw NotFound(process.IsZombie ? $"Process {process.Id} has ended and waits for its parent; its memory is gone." : $"No process has the id {process.Id}.{(ProcessList.HidesOthers(Machine) ? $" {OthersAreHidden}" : "")}", process.Item, e);
        }
    }

    private void ProcessObjects(IEnumerable<object> objects)
    {
        List<(int, object)> found = [];
        foreach (object item in objects)
        {
            PerItem(item, () => found.Add((IdOf(item), item)));
        }
        ProcessNamed(found);
    }

    // Ids are used again: an object of an earlier day must not lead to the process that has its id now.
    private int IdOf(object item)
    {
        int id = ProcessIdOf.Object(item);
        PipedObject piped = new(item);
        if (!TakesRecords && piped.Plain is not System.Diagnostics.Process && piped.Time(nameof(ProcessMemory.StartTime)) is DateTimeOffset meant
            && StartOf(id) is DateTimeOffset start && (start - meant).Duration() > SameStart)
        {
            throw NotFound(string.Create(CultureInfo.InvariantCulture,
                $"The object is of a process that started at {meant:yyyy-MM-dd HH:mm:ss zzz}, and process {id} started at {start.ToOffset(meant.Offset):yyyy-MM-dd HH:mm:ss zzz}: the id is used by another one now, or the clock was set. If it is meant, write -Id {id}."), item, null);
        }
        return id;
    }

    // Null where it cannot be told; what is wrong with the process shows when it is worked on.
    private DateTimeOffset? StartOf(int id)
    {
        try
        {
            _boot ??= BootTime.Read(Machine);
            using KernelDirectory directory = ProcessList.Open(Machine, id);
            return _boot is DateTimeOffset boot ? BootTime.Plus(boot, ProcessStatFile.Read(directory).StartTicks) : null;
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            return null;
        }
    }

    private void ProcessNamed(IEnumerable<(int Id, object Item)> named)
    {
        List<ProcessTarget> processes = [];
        foreach ((int id, object item) in named)
        {
            PerItem(item, () => processes.Add(id > 0
                ? new ProcessTarget(Machine, id, item)
                : throw NotFound($"No process can have the id {id}: ids begin at 1.", item, null)));
        }
        ProcessMany(processes);
    }

    private List<ProcessTarget> Matching(string[] names)
    {
        WildcardName[] patterns = [.. names.Select(name => new WildcardName(name))];
        bool[] found = new bool[patterns.Length];
        List<ProcessTarget> matching = [];
        foreach ((int id, string name) in ProcessList.Names(Machine))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            bool any = false;
            for (int i = 0; i < patterns.Length; i++)
            {
                bool matches = patterns[i].IsMatch(name);
                found[i] |= matches;
                any |= matches;
            }
            if (any)
            {
                matching.Add(new ProcessTarget(Machine, id));
            }
        }
        foreach (WildcardName missing in patterns.Where((pattern, i) => !found[i] && !pattern.HasWildcard))
        {
            Shell.Error(ErrorRecords.Make(ErrorIds.ProcessNameNotFound, ErrorCategory.ObjectNotFound,
                $"No process has the name '{missing.Pattern}'. {(missing.Pattern.All(char.IsAsciiDigit) ? $"If it is an id, write -Id {missing.Pattern}." : $"Wildcards such as '{missing.Pattern}*' are permitted.")}", missing.Pattern));
        }
        return matching;
    }

    private protected static MemoryErrorException NotFound(string message, object? target, Exception? e) =>
        new(ErrorRecords.Make(ErrorIds.ProcessNotFound, ErrorCategory.ObjectNotFound, message, target, e));
}
