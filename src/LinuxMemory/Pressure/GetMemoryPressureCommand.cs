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
    [Alias("Path")]
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
        catch (KernelException e)
        {
            throw PressureErrors.From(e, scope, Cgroup is not null);
        }
    });
}
