namespace LinuxMemory.Core.Tests;

public class StatisticsTests
{
    // Kendall's table of exact probabilities: n, score, one-sided.
    [Theory]
    [InlineData(4, 6, 0.042)]
    [InlineData(5, 8, 0.042)]
    [InlineData(5, 10, 0.0083)]
    [InlineData(8, 16, 0.031)]
    [InlineData(8, 20, 0.0071)]
    [InlineData(10, 21, 0.036)]
    [InlineData(10, 29, 0.0046)]
    public void Few_values_have_the_exact_probabilities_of_Kendalls_table(int count, int score, double oneSided)
    {
        double[] values = WithScore(count, score);

        Assert.Equal(score, MannKendall.Score(values));
        Assert.Equal(2 * oneSided, MannKendall.PValue(values), 0.002);
    }

    // Gilbert, Statistical Methods for Environmental Pollution Monitoring, 16.4: ties make the variance smaller.
    [Fact]
    public void Ties_are_corrected()
    {
        double[] values = [10, 22, 21, 30, 22, 30, 40, 40, 21, 30, 40, 51, 40];

        int score = MannKendall.Score(values);

        // n(n-1)(2n+5)/18 = 268.67, less the ties of 21 (2), 22 (2), 30 (3) and 40 (4): (18 + 18 + 66 + 156)/18 = 14.33.
        double z = (score - 1) / Math.Sqrt(268.667 - 14.333);
        Assert.Equal(Normal.TwoSided(z), MannKendall.PValue(values), 1e-4);
    }

    [Fact]
    public void Equal_values_have_no_trend()
    {
        Assert.Equal(1, MannKendall.PValue([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]));
        Assert.Equal(0, TheilSen.Slope([0, 1, 2, 3], [5, 5, 5, 5]));
    }

    [Fact]
    public void Autocorrelation_makes_a_trend_less_sure()
    {
        // Half a wave: neighbours are alike, and the second half takes back less than the first gave.
        double[] values = [.. Enumerable.Range(0, 24).Select(i => (0.1 * i) + Math.Sin(i * 2 * Math.PI / 16))];
        int score = MannKendall.Score(values);
        double plain = Normal.TwoSided((Math.Abs(score) - 1) / Math.Sqrt(24 * 23 * 53 / 18.0));

        Assert.InRange(MannKendall.PValue(values), plain * 5, 1);
    }

    [Fact]
    public void In_noise_the_probability_is_what_it_says()
    {
        Random random = new(7);
        int low = Enumerable.Range(0, 2000).Count(_ => MannKendall.PValue([.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())]) < 0.05);

        Assert.InRange(low, 50, 130);
    }

    [Fact]
    public void The_median_of_slopes_is_not_moved_by_wild_values()
    {
        double[] times = Simulated.Times(30);
        double[] values = [.. times.Select(time => 3 * time)];
        values[4] = 1e9;
        values[17] = -1e9;
        values[29] = 1e9;

        Assert.Equal(3, TheilSen.Slope(times, values), 1e-9);
    }

    [Fact]
    public void The_interval_holds_the_slope_in_95_of_100_series()
    {
        Random random = new(3);
        int held = Enumerable.Range(0, 1000).Count(_ =>
        {
            double[] times = Simulated.Times(20);
            (double _, double low, double high) = TheilSen.Interval(times, [.. times.Select(time => (0.5 * time) + random.NextDouble())]);
            return low <= 0.5 && 0.5 <= high;
        });

        Assert.InRange(held, 925, 985);
    }

    [Fact]
    public void Holm_multiplies_the_smallest_most_and_keeps_the_order() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 9)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.959964, 0.05)]
    [InlineData(2.575829, 0.01)]
    [InlineData(5, 5.733e-7)]
    public void The_normal_distribution_is_the_tables(double z, double expected) => Assert.Equal(expected, Normal.TwoSided(z), expected * 1e-4);

    // Ascending, then exchanged neighbours until the score is down to the one asked for.
    private static double[] WithScore(int count, int score)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        for (int pass = 0; MannKendall.Score(values) > score; pass++)
        {
            for (int i = 0; i + 1 < count && MannKendall.Score(values) > score; i++)
            {
                if (values[i] < values[i + 1])
                {
                    (values[i], values[i + 1]) = (values[i + 1], values[i]);
                }
            }
        }
        return values;
    }
}
