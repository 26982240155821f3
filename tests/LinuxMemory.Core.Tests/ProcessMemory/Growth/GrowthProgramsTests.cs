using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>
/// Verdicts about real programs, 20 runs of each kind. A program goes on from sample to sample as it is told, and the samples stand
/// equal times apart: neither the machine's speed nor its other work can change a verdict.
/// </summary>
[Collection(nameof(StartsProcesses))]
public sealed class GrowthProgramsTests(ITestOutputHelper output)
{
    private const int Runs = 20;
    private const int Samples = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(18);

    [Theory]
    [InlineData('l', GrowthVerdict.Growing)] // a leak
    [InlineData('p', GrowthVerdict.Stable)] // a plateau
    [InlineData('s', GrowthVerdict.Stable)] // a sawtooth
    [InlineData('c', GrowthVerdict.Stable)] // file cache
    [InlineData('f', GrowthVerdict.Stable)] // a heap with holes
    public void A_native_program_gets_the_right_verdict_19_times_of_20(char kind, GrowthVerdict expected)
    {
        using GrowthPrograms programs = new();
        Judge(seed => programs.StartNative(kind, seed), expected);
    }

    [Theory]
    [InlineData('l', GrowthVerdict.Growing)] // a leak
    [InlineData('g', GrowthVerdict.Stable)] // garbage
    [InlineData('s', GrowthVerdict.Stable)] // a sawtooth
    [InlineData('w', GrowthVerdict.Stable)] // a warm-up
    public void A_dotnet_program_gets_the_right_verdict_19_times_of_20(char kind, GrowthVerdict expected) =>
        Judge(seed => GrowthPrograms.StartManaged(kind, seed), expected);

    private void Judge(Func<int, GrowthProgram> start, GrowthVerdict expected)
    {
        ProcessMemoryGrowth[] given = [.. Enumerable.Range(0, Runs).AsParallel().Select(seed => Measure(start, seed))];

        output.WriteLine(string.Join(", ", given.CountBy(growth => growth.Verdict).Select(count => $"{count.Key} {count.Value}")));
        foreach (ProcessMemoryGrowth wrong in given.Where(growth => growth.Verdict != expected))
        {
            output.WriteLine($"  {wrong}");
        }
        Assert.InRange(given.Count(growth => growth.Verdict == expected), Runs * 19 / 20, Runs);
        Assert.True(expected == GrowthVerdict.Growing || given.All(growth => growth.Verdict != GrowthVerdict.Growing), "A stable program was called growing.");
    }

    private static ProcessMemoryGrowth Measure(Func<int, GrowthProgram> start, int seed)
    {
        ProcessMemoryReader reader = new(Machine.Live) { Fast = true };
        ProcessMemoryGrowthMeter meter = new();
        Random random = new(seed);
        using GrowthProgram program = start(seed);
        for (int i = 0; i < Samples; i++)
        {
            // Nothing a program does stands still for a sample: samples and cycles must not be in step by construction.
            program.GoOn((i + random.NextDouble()) / Samples);
            ProcessMemory memory = reader.Read(program.Id, false)!;
            (string measure, long value) = GrowthSample.Choose(name => name == "RssAnon" ? memory.RssAnon : name == "Swap" ? memory.Swap : null)!.Value;
            meter.Add(new GrowthSample { Id = program.Id, StartTime = memory.StartTime, Time = DateTimeOffset.UnixEpoch + (i * Interval), Measure = measure, Value = value });
        }
        return Assert.Single(meter.Results());
    }
}
