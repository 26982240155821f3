using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>
/// Verdicts about real programs, 20 runs of each kind at the same time. They need the processors: a program that does not get
/// to fill its heap in time is not stable yet, and so they run where nothing else is tested.
/// </summary>
[Collection(nameof(StartsProcesses))]
[Trait("Category", "Live")]
public class GrowthProgramsTests(ITestOutputHelper output)
{
    private const int Runs = 20;
    private const int Samples = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(120);

    // Leaks, plateau, sawtooth, file cache, fragmenting.
    private const string Kinds = "lpscf";

    [Fact]
    public void Real_programs_get_the_right_verdict_19_times_of_20_and_no_stable_one_is_called_growing()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using GrowthPrograms programs = new();
        Dictionary<int, char> kinds = [];
        foreach (int run in Enumerable.Range(0, Runs))
        {
            foreach (char kind in Kinds)
            {
                kinds[programs.Start(kind, Samples * Interval.TotalSeconds, run)] = kind;
            }
        }

        Dictionary<int, ProcessMemoryGrowth> verdicts = Measure([.. kinds.Keys]);

        foreach (char kind in Kinds)
        {
            GrowthVerdict expected = kind == 'l' ? GrowthVerdict.Growing : GrowthVerdict.Stable;
            GrowthVerdict[] given = [.. kinds.Where(pair => pair.Value == kind).Select(pair => verdicts[pair.Key].Verdict)];
            output.WriteLine($"{kind}: {string.Join(", ", given.CountBy(verdict => verdict).Select(count => $"{count.Key} {count.Value}"))}");
            foreach (ProcessMemoryGrowth wrong in kinds.Where(pair => pair.Value == kind).Select(pair => verdicts[pair.Key]).Where(growth => growth.Verdict != expected))
            {
                output.WriteLine($"  {wrong}");
            }
            Assert.InRange(given.Count(verdict => verdict == expected), Runs * 19 / 20, Runs);
            Assert.True(kind == 'l' || !given.Contains(GrowthVerdict.Growing), $"A program of kind {kind} was called growing.");
        }
    }

    private static Dictionary<int, ProcessMemoryGrowth> Measure(int[] ids)
    {
        ProcessMemoryReader reader = new(Machine.Live) { Fast = true };
        // Each run is judged by itself, as if it had been measured alone.
        Dictionary<int, ProcessMemoryGrowthMeter> meters = ids.ToDictionary(id => id, _ => new ProcessMemoryGrowthMeter());
        for (int i = 0; i < Samples; i++)
        {
            foreach (int id in ids)
            {
                ProcessMemory memory = reader.Read(id, false)!;
                (string measure, long value) = GrowthSample.Choose(name => name == "RssAnon" ? memory.RssAnon : name == "Swap" ? memory.Swap : null)!.Value;
                meters[id].Add(new GrowthSample { Id = id, StartTime = memory.StartTime, Time = memory.Time, Measure = measure, Value = value });
            }
            Thread.Sleep(Interval);
        }
        return meters.ToDictionary(pair => pair.Key, pair => Assert.Single(pair.Value.Results()));
    }
}
