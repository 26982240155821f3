using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Measure-MemoryActivity: paging, swapping, faults and reclaim per second, what vmstat and sar -B -S -W show.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MemoryActivity")]
[OutputType(typeof(MemoryActivity))]
public sealed class MeasureMemoryActivityCommand : SamplingCmdlet
{
    private ActivityReading? _last;

    /// <summary>Begin with the averages since boot.</summary>
    [Parameter]
    public SwitchParameter SinceBoot { get; set; }

    /// <inheritdoc />
    protected override bool MeasuresIntervals => !IsOn(SinceBoot);

    /// <inheritdoc />
    protected override void Begin()
    {
        if (!Machine.IsLive && (MeasuresIntervals || MaxSamples > 1 || IsOn(Continuous)))
        {
            // Two readings of a captured machine are the same reading.
            throw Shell.Stop(ErrorRecords.From(new NeedsLiveMachineException("measuring an interval, other than -SinceBoot alone,"), Root, Shell));
        }
        if (MeasuresIntervals)
        {
            _last = ActivityReading.Take(Machine);
        }
    }

    /// <inheritdoc />
    protected override void Sample()
    {
        ActivityReading now = ActivityReading.Take(Machine);
        if (_last is not null)
        {
            Shell.Write(now.Since(_last));
        }
        else if (!MeasuresIntervals)
        {
            Shell.Write(now.SinceBoot(Machine));
        }
        _last = now;
    }
}
