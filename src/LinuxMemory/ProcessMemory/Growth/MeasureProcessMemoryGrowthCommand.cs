using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Measure-ProcessMemoryGrowth: which processes leak, from samples that it takes or that are piped in.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ProcessMemoryGrowth", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryGrowth))]
public sealed class MeasureProcessMemoryGrowthCommand : ProcessSamplingCmdlet
{
    // Objects so young are processes to look at, as long as there is only one of each.
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    private readonly List<ProcessTarget> _targets = [];
    private readonly List<(ProcessTarget Process, GrowthSample Sample)> _piped = [];

    /// <summary>What to look at. The default is Memory: RssAnon, swap and hugetlb pages; Old of a Java heap.</summary>
    [Parameter]
    public GrowthProperty Property { get; set; }

    /// <inheritdoc />
    protected override long UsualSamples => 60;

    private protected override bool TakesRecords => true;

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process) => ProcessMany([process]);

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        foreach (ProcessTarget process in processes)
        {
            if (process.Item is object item && GrowthSamples.IsSample(item))
            {
                PerItem(item, () => _piped.Add((process, GrowthSamples.From(item, process.Id, Property))));
            }
            else
            {
                _targets.Add(process);
            }
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        if (_piped.Count > 0 && !AreProcessesOfNow())
        {
            ProcessMemoryGrowthMeter meter = new();
            _piped.ForEach(item => meter.Add(item.Sample));
            Write(meter, new GrowthWatch(Machine));
        }
        else
        {
            _targets.AddRange(_piped.Select(item => item.Process));
        }
        if (_targets.Count > 0)
        {
            Watch();
        }
    }

    // Get-ProcessMemory | Measure-ProcessMemoryGrowth means: look at these.
    private bool AreProcessesOfNow() => Machine.IsLive
        && _piped.All(item => item.Sample.Measure != "Old" && (DateTimeOffset.Now - item.Sample.Time).Duration() < Now)
        && _piped.DistinctBy(item => item.Process.Id).Count() == _piped.Count;

    private void Watch()
    {
        if (!Machine.IsLive)
        {
            // Two readings of a captured machine are the same reading.
            throw Shell.Stop(ErrorRecords.From(new NeedsLiveMachineException("measuring growth, other than of piped samples,"), Root, Shell));
        }
        bool slow = Property is GrowthProperty.Pss or GrowthProperty.Uss or GrowthProperty.SwapPss;
        ProcessMemoryReader reader = new(Machine) { Fast = !slow };
        ProcessMemoryGrowthMeter meter = new();
        GrowthWatch watch = new(Machine);
        Repeat(taken =>
        {
            Sample(reader, meter);
            if (taken == (IsOn(Continuous) ? UsualSamples : MaxSamples) / 4)
            {
                watch.Remember(_targets.Select(process => process.Id), Shell.Stopping);
            }
            watch.Observe();
            if (!IsOn(Continuous))
            {
                Shell.Progress("Measuring memory growth", $"{taken + 1} of {MaxSamples} samples", (int)((taken + 1) * 100 / MaxSamples));
            }
            if (IsOn(Continuous) ? (taken + 1) % UsualSamples == 0 : taken + 1 == MaxSamples)
            {
                Write(meter, watch);
            }
        });
    }

    private void Sample(ProcessMemoryReader reader, ProcessMemoryGrowthMeter meter)
    {
        HashSet<ProcessTarget> ended = [];
        int next = 0;
        foreach (ProcessMemoryReading reading in reader.ReadMany([.. _targets.Select(process => (process.Id, process.IsNamed))], Shell.Stopping))
        {
            ProcessTarget process = _targets[next++];
            ended.Add(process);
            PerProcess(process, () =>
            {
                if (reading.Get() is ProcessMemory memory && GrowthSamples.From(memory, Property) is GrowthSample sample)
                {
                    meter.Add(sample);
                }
                ended.Remove(process);
            });
        }
        _targets.RemoveAll(ended.Contains);
    }

    private void Write(ProcessMemoryGrowthMeter meter, GrowthWatch watch)
    {
        foreach (ProcessMemoryGrowth growth in meter.Results())
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(growth.Verdict == GrowthVerdict.Growing ? watch.Explain(growth) : growth);
        }
    }
}
