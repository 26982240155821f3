using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Set-ProcessMemoryLimit: gives running processes other limits.</summary>
[Cmdlet(VerbsCommon.Set, "ProcessMemoryLimit", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(MemoryChange))]
public sealed class SetProcessMemoryLimitCommand : ProcessChangeCmdlet
{
    /// <summary>What to limit.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public ProcessMemoryResource Resource { get; set; }

    /// <summary>Bytes at which the kernel refuses more, or the word unlimited.</summary>
    [Parameter]
    [ByteSize(AllowUnlimited = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? Soft { get; set; }

    /// <summary>Bytes up to which the process may raise its soft limit, or the word unlimited. Raising it needs CAP_SYS_RESOURCE.</summary>
    [Parameter]
    [ByteSize(AllowUnlimited = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? Hard { get; set; }

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        RequireChoice();
        if (Soft is null && Hard is null)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ParametersMissing, ErrorCategory.InvalidArgument,
                "Say what limit: -Soft, -Hard or both, for example -Soft 512MB or -Soft unlimited.", Resource));
        }
        base.ProcessMany(processes);
    }

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        using (KernelDirectory directory = process.Open())
        {
            if (StatWithMemory(directory, process) is null)
            {
                return;
            }
        }
        Apply(ProcessLimitChange.Plan(Machine, process.Id, Resource, Soft, Hard));
    }
}
