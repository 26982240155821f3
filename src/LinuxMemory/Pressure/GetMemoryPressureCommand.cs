using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-MemoryPressure: the share of time lost waiting for memory, for the machine or for cgroups.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryPressure")]
[OutputType(typeof(MemoryPressure))]
public sealed class GetMemoryPressureCommand : MemoryCmdlet
{
    /// <summary>Paths of cgroups below the cgroup file system, such as system.slice; without it the whole machine.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PressureCgroupCompleter))]
    public string[]? Cgroup { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (Cgroup is null)
        {
            Report("System", () => PressureFile.Read(Machine));
        }
        foreach (string group in Cgroup ?? [])
        {
            Report(group, () => CgroupPressure.Read(Machine, group));
        }
    }

    private void Report(string scope, Func<MemoryPressure> read) => PerItem(scope, () =>
    {
        try
        {
            Shell.Write(read());
        }
        catch (KernelException e) when (Cgroup is not null && (e.Errno == Errno.EINVAL || (e.IsAbsent && !e.Target.EndsWith("/memory.pressure", StringComparison.Ordinal))))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.CgroupNotFound, ErrorCategory.ObjectNotFound,
                $"There is no cgroup of version 2 called '{scope}'. Give its path below the cgroup file system, such as system.slice/ssh.service.", scope, e));
        }
        catch (KernelException e) when (e.IsAbsent || e.Errno == Errno.EOPNOTSUPP)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.PressureUnavailable, ErrorCategory.NotInstalled,
                $"{e.Message}. The kernel does not measure pressure here: it is older than 4.20, built without CONFIG_PSI, booted with psi=0, or the cgroup is none of version 2.", scope, e));
        }
    });
}
