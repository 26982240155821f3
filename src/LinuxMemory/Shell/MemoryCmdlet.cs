using System.Management.Automation;
using System.Runtime.CompilerServices;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>
/// What all cmdlets of the module share: a shell, the machine that -Root names, and errors. A cmdlet overrides
/// <see cref="Begin"/>, <see cref="ProcessItem"/> and <see cref="End"/>; a kernel exception out of one of them becomes an error.
/// </summary>
public abstract class MemoryCmdlet : PSCmdlet, IDisposable
{
    // A capture may lack most of them, and an image before its first boot has an empty proc and sys.
    private static readonly string[] PartsOfMachine = ["proc", "sys", "etc", "var", "kmsg.txt", "dmesg.txt"];

    private readonly CancellationTokenSource _stopping = new();
    private Machine? _machine;

    /// <summary>Makes the cmdlet with PowerShell as its shell.</summary>
    protected MemoryCmdlet() => Shell = new PowerShellShell(this, _stopping.Token);

    /// <summary>Another machine: a directory with its proc, sys and etc, as captured or mounted. Without it, this computer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Root { get; set; }

    /// <summary>Whoever runs the cmdlet. The Console and the tests put their own here.</summary>
    internal IShell Shell { get; set; }

    /// <summary>The switches that the Console or a test turned on, by name: see <see cref="IsOn"/>.</summary>
    internal HashSet<string> Switches { get; } = [];

    /// <summary>The machine to read or to change.</summary>
    protected Machine Machine => _machine ??= OpenMachine();

    // The tests work on a tree as if a kernel ran on it.
    internal void WorkOn(Machine machine) => _machine = machine;

    /// <summary>Runs before the first item.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Runs for each item of the pipeline, or once where there is none.</summary>
    protected virtual void ProcessItem()
    {
    }

    /// <summary>Runs after the last item.</summary>
    protected virtual void End()
    {
    }

    /// <inheritdoc />
    protected sealed override void BeginProcessing() => RunBegin();

    /// <inheritdoc />
    protected sealed override void ProcessRecord() => RunProcess();

    /// <inheritdoc />
    protected sealed override void EndProcessing() => RunEnd();

    /// <inheritdoc />
    protected sealed override void StopProcessing() => _stopping.Cancel();

    // PowerShell calls the protected methods; the Console and the tests call these.
    internal void RunBegin() => Guard(Begin);

    internal void RunProcess() => Guard(ProcessItem);

    internal void RunEnd() => Guard(End);

    /// <summary>
    /// Whether a switch is on: <c>IsOn(Force)</c>. Outside PowerShell a SwitchParameter has no fields and is always off, so
    /// <see cref="Switches"/> says it there; nothing else may ask a SwitchParameter.
    /// </summary>
    protected bool IsOn(SwitchParameter given, [CallerArgumentExpression(nameof(given))] string name = "") =>
        given.IsPresent || Switches.Contains(name);

    /// <summary>Runs the work for one item: what it throws is reported about that item, and the pipeline goes on.</summary>
    protected void PerItem(object? item, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
        }
        catch (Exception e) when (e is KernelException or KernelFormatException or MemoryErrorException)
        {
            Shell.Error(ErrorRecords.From(e, item, Shell));
        }
    }

    /// <summary>Gives back what the cmdlet holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing) => _stopping.Dispose();

    private void Guard(Action phase)
    {
        try
        {
            PerItem(null, phase);
        }
        catch (OperationCanceledException) when (Shell.Stopping.IsCancellationRequested)
        {
            // Ctrl-C: the shell already knows.
        }
    }

    private Machine OpenMachine()
    {
        if (Root is null)
        {
            return Machine.Live;
        }
        try
        {
            Machine machine = Machine.At(Shell.ResolvePath(Root));
            return IsMachine(machine) ? machine : throw NoMachine($"{machine.Root}: it holds none of the directories proc, sys, etc and var");
        }
        catch (KernelException e)
        {
            throw NoMachine($"{e.Target}: {e.Errno.Describe()}", e);
        }
        catch (Exception e) when (e is ArgumentException or MemoryErrorException)
        {
            throw NoMachine($"'{Root}' is no path of a directory", e);
        }
    }

    private Exception NoMachine(string problem, Exception? cause = null) => Shell.Stop(ErrorRecords.Make(ErrorIds.RootInvalid, ErrorCategory.InvalidArgument,
        $"-Root {problem}. Give a directory that holds the machine's proc, sys and etc.", Root, cause));

    // proc itself has a directory sys; a directory that may be entered and not listed can hold a machine.
    private static bool IsMachine(Machine machine)
    {
        try
        {
            IReadOnlyList<string> names = machine.List(".");
            return names.Intersect(PartsOfMachine).Any() && !names.Contains("meminfo");
        }
        catch (KernelException e) when (e.IsDenied)
        {
            return true;
        }
    }
}
