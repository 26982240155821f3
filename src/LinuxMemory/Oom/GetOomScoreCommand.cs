using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-OomScore: how likely the kernel is to kill each process when memory runs out, and why.</summary>
[Cmdlet(VerbsCommon.Get, "OomScore", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessOomScore))]
public sealed class GetOomScoreCommand : ProcessCmdlet
{
    private MemInfo? _memory;
    private OomFormula? _formula;
    private int _pageSize;

    /// <inheritdoc />
    protected override void Begin()
    {
        _memory = MemInfoFile.Read(Machine);
        _formula = OomFormula.Of(Machine);
        _pageSize = PageSize.Of(Machine);
    }

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        using KernelDirectory directory = process.Open();
        if (_memory is not null && _formula is not null && ProcessOomScore.Read(directory, _memory, _pageSize, _formula) is ProcessOomScore score)
        {
            Shell.Write(score);
        }
        else if (process.IsNamed)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ProcessIsKernelThread, ErrorCategory.InvalidArgument,
                $"Process {process.Id} is a kernel thread, which is never killed for memory.", process.Item));
        }
    }
}
