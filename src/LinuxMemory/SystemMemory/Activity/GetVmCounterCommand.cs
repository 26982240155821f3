using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-VmCounter: the counters of /proc/vmstat, each with its unit and what it counts.</summary>
[Cmdlet(VerbsCommon.Get, "VmCounter")]
[OutputType(typeof(VmCounter))]
public sealed class GetVmCounterCommand : MemoryCmdlet
{
    /// <summary>Only counters with a name like one of these; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VmCounterCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        NameFilter wanted = new(Name);
        foreach (VmCounter counter in VmCounters.Read(Machine))
        {
            if (wanted.Takes(counter.Name))
            {
                Shell.Write(counter);
            }
        }
        wanted.ReportMissing("counter", Shell);
    }
}
