using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>A cmdlet that can look again and again, with the parameters of Get-Counter.</summary>
public abstract class SamplingCmdlet : MemoryCmdlet
{
    /// <summary>Seconds from one sample to the next. The default is 1.</summary>
    [Parameter]
    [ValidateRange(0.001, 86400.0 * 365)]
    public double SampleInterval { get; set; } = 1;

    /// <summary>How many samples to take. The default is 1.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxSamples { get; set; } = 1;

    /// <summary>Take samples until you press Ctrl-C.</summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    /// <summary>Takes one sample and writes it.</summary>
    protected abstract void Sample();

    /// <summary>True when the first sample needs an interval before it.</summary>
    protected virtual bool MeasuresIntervals => false;

    /// <inheritdoc />
    protected sealed override void End()
    {
        bool continuous = IsOn(Continuous);
        if (continuous && MaxSamples > 1)
        {
            throw Shell.Stop(ErrorRecords.Make(ErrorIds.ParametersConflict, System.Management.Automation.ErrorCategory.InvalidArgument,
                "-Continuous never ends and -MaxSamples does: give one of them.", MaxSamples));
        }
        SampleClock clock = new(Shell, SampleInterval);
        long firstTick = MeasuresIntervals ? 1 : 0;
        for (long taken = 0; continuous || taken < MaxSamples; taken++)
        {
            long tick = taken + firstTick;
            if (tick > 0 && !clock.WaitFor(tick))
            {
                return;
            }
            PerItem(null, Sample);
        }
    }
}
