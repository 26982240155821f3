using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>A cmdlet that looks at the same processes again and again, with the parameters of Get-Counter.</summary>
public abstract class ProcessSamplingCmdlet : ProcessCmdlet
{
    private long? _maxSamples;

    /// <summary>Seconds from one sample to the next. The default is 1.</summary>
    [Parameter]
    [ValidateRange(0.001, 86400.0 * 365)]
    public double SampleInterval { get; set; } = 1;

    /// <summary>How many samples to take.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxSamples
    {
        get => _maxSamples ?? UsualSamples;
        set => _maxSamples = value;
    }

    /// <summary>Take samples until you press Ctrl-C.</summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    /// <summary>How many samples are taken when nobody says.</summary>
    protected virtual long UsualSamples => 1;

    /// <summary>Does something at each sample's time, which it gets the number of, from 0.</summary>
    protected void Repeat(Action<long> sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        bool continuous = IsOn(Continuous);
        if (continuous && _maxSamples > 1)
        {
            throw Shell.Stop(ErrorRecords.Make(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
                "-Continuous never ends and -MaxSamples does: give one of them.", MaxSamples));
        }
        SampleClock clock = new(Shell, SampleInterval);
        for (long taken = 0; (continuous || taken < MaxSamples) && clock.WaitFor(taken); taken++)
        {
            sample(taken);
        }
    }
}
