namespace LinuxMemory;

/// <summary>The Theil-Sen line: the median of the slopes of all pairs, which up to 29 % of wild values do not move.</summary>
internal static class TheilSen
{
    /// <summary>The slope; 0 where no two values have different times.</summary>
    public static double Slope(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        double[] slopes = Slopes(times, values);
        return slopes.Length == 0 ? 0 : MedianOfSorted(slopes);
    }

    /// <summary>The slope and an interval that holds the true one in 95 of 100 series, after Sen (1968); without limits for fewer than 4 values.</summary>
    public static (double Slope, double Low, double High) Interval(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        double[] slopes = Slopes(times, values);
        int n = values.Length;
        if (n < 4 || slopes.Length == 0)
        {
            return (slopes.Length == 0 ? 0 : MedianOfSorted(slopes), double.NegativeInfinity, double.PositiveInfinity);
        }
        double spread = 1.96 * Math.Sqrt(n * (n - 1.0) * ((2 * n) + 5) / 18);
        int low = (int)Math.Floor((slopes.Length - spread) / 2);
        int high = (int)Math.Ceiling((slopes.Length + spread) / 2);
        return (MedianOfSorted(slopes), slopes[Math.Clamp(low, 0, slopes.Length - 1)], slopes[Math.Clamp(high, 0, slopes.Length - 1)]);
    }

    /// <summary>The middle value, or the mean of the two in the middle; 0 for none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : MedianOfSorted(sorted);
    }

    private static double MedianOfSorted(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static double[] Slopes(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        List<double> slopes = [];
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = i + 1; j < values.Length; j++)
            {
                if (times[j] > times[i])
                {
                    slopes.Add((values[j] - values[i]) / (times[j] - times[i]));
                }
            }
        }
        slopes.Sort();
        return [.. slopes];
    }
}
