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
        WildcardName[]? wanted = Name?.Select(name => new WildcardName(name)).ToArray();
        foreach (VmCounter counter in VmCounters.Read(Machine))
        {
            if (wanted is null || wanted.Any(name => name.IsMatch(counter.Name)))
            {
                Shell.Write(counter);
            }
        }
    }
}
