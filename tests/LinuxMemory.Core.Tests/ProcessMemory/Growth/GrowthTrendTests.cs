namespace LinuxMemory.Core.Tests;

/// <summary>Verdicts over many simulated series. Seeds are fixed: a change of the method shows as a change of these counts.</summary>
public class GrowthTrendTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    private static readonly int[] Lengths = [60, 120, 600];

    public static TheoryData<string, int> Harmless => [.. Simulated.Harmless.SelectMany(program => Lengths.Select(n => (program.Name, n)))];

    public static TheoryData<string, int> Leaks => [.. Simulated.Leaks.SelectMany(program => Lengths.Select(n => (program.Name, n)))];

    [Theory]
    [MemberData(nameof(Harmless))]
    public void What_does_not_leak_is_not_called_growing(string name, int samples)
    {
        GrowthVerdict[] verdicts = Verdicts(Simulated.Harmless.First(program => program.Name == name).Make, samples);

        // The test itself allows one false alarm in a hundred; the requirement is one in twenty.
        Assert.InRange(verdicts.Count(verdict => verdict == GrowthVerdict.Growing), 0, Seeds / 50);
    }

    [Theory]
    [MemberData(nameof(Leaks))]
    public void A_leak_is_found_19_times_of_20(string name, int samples)
    {
        GrowthVerdict[] verdicts = Verdicts(Simulated.Leaks.First(program => program.Name == name).Make, samples);

        Assert.InRange(verdicts.Count(verdict => verdict == GrowthVerdict.Growing), Seeds * 19 / 20, Seeds);
    }

    [Theory]
    [InlineData("constant", 60)]
    [InlineData("noise of a percent", 60)]
    [InlineData("a collector, 12 times", 60)]
    [InlineData("a collector, 6 times", 60)]
    [InlineData("a collector in step with the samples", 60)]
    [InlineData("a collector in step with the samples", 120)]
    [InlineData("grows for a third of the time", 60)]
    [InlineData("grows for half of the time", 60)]
    [InlineData("fills a cache ever slower", 120)]
    [InlineData("falls once", 60)]
    [InlineData("falls once", 120)]
    [InlineData("spikes", 120)]
    [InlineData("a page now and then", 60)]
    public void A_stable_program_is_called_stable_19_times_of_20(string name, int samples)
    {
        GrowthVerdict[] verdicts = Verdicts(Simulated.Harmless.First(program => program.Name == name).Make, samples);

        Assert.InRange(verdicts.Count(verdict => verdict == GrowthVerdict.Stable), Seeds * 19 / 20, Seeds);
    }

    [Fact]
    public void What_shrinks_steadily_is_called_shrinking() =>
        Assert.All(Verdicts(Simulated.Harmless.First(program => program.Name == "shrinks").Make, 60), verdict => Assert.Equal(GrowthVerdict.Shrinking, verdict));

    [Fact]
    public void Fewer_than_30_samples_say_nothing_however_steep_they_are()
    {
        GrowthTrend trend = GrowthTrend.Of(Simulated.Times(29), [.. Enumerable.Range(0, 29).Select(i => i * 1e9)]);

        Assert.Equal(GrowthVerdict.Inconclusive, trend.Judge(trend.PValue).Verdict);
        Assert.Equal(1, trend.PValue);
    }

    [Fact]
    public void A_growth_too_small_to_matter_is_stable_however_sure_it_is()
    {
        GrowthTrend trend = GrowthTrend.Of(Simulated.Times(600), [.. Enumerable.Range(0, 600).Select(i => 1e9 + (i * 4096.0))]);

        Assert.True(trend.PValue < 1e-6);
        Assert.Equal(GrowthVerdict.Stable, trend.Judge(trend.PValue).Verdict);
    }

    [Fact]
    public void One_of_many_processes_must_be_surer()
    {
        double[] values = Simulated.Leaks[0].Make(new Random(1), 60);
        GrowthTrend trend = GrowthTrend.Of(Simulated.Times(60), values);

        Assert.Equal(GrowthVerdict.Growing, trend.Judge(trend.PValue).Verdict);
        Assert.Equal(GrowthVerdict.Inconclusive, trend.Judge(0.5).Verdict);
    }

    [Fact]
    public void The_slope_is_that_of_the_floor_not_of_the_waves_above_it()
    {
        double[] values = Simulated.Leaks.First(program => program.Name == "under a collector").Make(new Random(1), 600);

        Assert.InRange(GrowthTrend.Of(Simulated.Times(600), values).Slope * 600, 19 * 1048576.0, 21 * 1048576.0);
    }

    private GrowthVerdict[] Verdicts(Func<Random, int, double[]> make, int samples)
    {
        GrowthVerdict[] verdicts = [.. Enumerable.Range(0, Seeds).AsParallel().AsOrdered().Select(seed =>
        {
            GrowthTrend trend = GrowthTrend.Of(Simulated.Times(samples), make(new Random((seed * 7919) + samples), samples));
            return trend.Judge(trend.PValue).Verdict;
        })];
        output.WriteLine(string.Join(", ", verdicts.CountBy(verdict => verdict).Select(count => $"{count.Key} {count.Value}")));
        return verdicts;
    }
}
