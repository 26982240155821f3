using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-JavaHeap: the spaces and collections of Java processes, what jstat -gc and -gcutil show, without a JDK.</summary>
[Cmdlet(VerbsCommon.Get, "JavaHeap", DefaultParameterSetName = All)]
[OutputType(typeof(JavaHeap))]
public sealed class GetJavaHeapCommand : ProcessSamplingCmdlet
{
    private readonly List<ProcessTarget> _targets = [];
    private JavaHeapReader? _reader;
    private int _denied;

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes) => _targets.AddRange(processes);

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            if ((_reader ??= new JavaHeapReader(Machine)).Read(process.Id) is JavaHeap heap)
            {
                Shell.Write(heap);
            }
            else if (process.IsNamed)
            {
                throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.JavaHeapUnavailable, ErrorCategory.ObjectNotFound,
                    $"Process {process.Id} publishes no counters of a JVM: it is no Java process, or it was started with -XX:-UsePerfData or -XX:+PerfDisableSharedMem, or its file of counters is not its own any more.", process.Item));
            }
        }
        catch (KernelException e) when (e.IsDenied && !process.IsNamed)
        {
            _denied++;
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        Repeat(_ => _targets.RemoveAll(process => !IsStillRead(process)));
        if (_denied > 0)
        {
            Shell.Verbose($"{_denied} processes of others do not let us look for a JVM. Run as root, or grant CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH.");
        }
    }

    // One that ended or failed is reported once.
    private bool IsStillRead(ProcessTarget process)
    {
        Shell.Stopping.ThrowIfCancellationRequested();
        int denied = _denied;
        bool read = false;
        PerProcess(process, () =>
        {
            ProcessOne(process);
            read = denied == _denied;
        });
        return read;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _reader?.Dispose();
        base.Dispose(disposing);
    }
}
