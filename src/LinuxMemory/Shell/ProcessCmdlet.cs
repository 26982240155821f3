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

    private const string ById = "Id";
    private const string ByName = "Name";
    private const string ByObject = "InputObject";

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
            ProcessMany(Name is null ? [.. ProcessList.Ids(Machine).Select(id => new ProcessTarget(Machine, id))] : Matching(Name));
        }
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
            catch (KernelException e) when (process.HasEnded(e))
            {
                Ended(process, e);
            }
        });
    }

    private static void Ended(ProcessTarget process, KernelException e)
    {
        if (process.IsNamed)
        {
            throw NotFound($"No process has the id {process.Id}.", process.Item, e);
        }
    }

    private void ProcessObjects(IEnumerable<object> objects)
    {
        List<(int, object)> found = [];
        foreach (object item in objects)
        {
            PerItem(item, () => found.Add((ProcessIdOf.Object(item), item)));
        }
        ProcessNamed(found);
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
                $"No process has the name '{missing.Pattern}'. Wildcards such as '{missing.Pattern}*' are permitted.", missing.Pattern));
        }
        return matching;
    }

    private static MemoryErrorException NotFound(string message, object? target, KernelException? e) =>
        new(ErrorRecords.Make(ErrorIds.ProcessNotFound, ErrorCategory.ObjectNotFound, message, target, e));
}
