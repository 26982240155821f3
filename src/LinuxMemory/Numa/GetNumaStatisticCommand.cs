using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-NumaStatistic: where each node's pages were allocated, what numastat shows.</summary>
[Cmdlet(VerbsCommon.Get, "NumaStatistic")]
[OutputType(typeof(NumaStatistic))]
public sealed class GetNumaStatisticCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (NumaStatistic statistic in NumaStatistic.Read(Machine))
        {
            Shell.Write(statistic);
        }
    }
}
