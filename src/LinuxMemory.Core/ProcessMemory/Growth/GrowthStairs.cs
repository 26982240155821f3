namespace LinuxMemory;

/// <summary>Tells a series that rose in steps, where something was loaded, a table doubled or a heap was enlarged, from one that grows.</summary>
internal static class GrowthStairs
{
    private const double BetterFit = 0.6;

    /// <summary>True when three levels describe the floor better than a line does.</summary>
    public static bool Describe(GrowthFloor floor)
    {
        double slope = TheilSen.Slope(floor.Times, floor.Values);
        double[] level = [.. floor.Values.Select((value, i) => value - (slope * (floor.Times[i] - floor.Times[0])))];
        return BestSteps(floor.Values) < Error(level) * BetterFit;
    }

    /// <summary>True when values stay within a range for longer than so much time.</summary>
    public static bool Rests(double[] times, double[] values, double range, double most)
    {
        for (int start = 0; start < values.Length; start++)
        {
            double low = values[start];
            double high = low;
            for (int i = start + 1; i < values.Length && high - low <= range; i++)
            {
                if (times[i - 1] - times[start] > most)
                {
                    return true;
                }
                low = Math.Min(low, values[i]);
                high = Math.Max(high, values[i]);
            }
        }
        return false;
    }

    /// <summary>The most by which a value lies above an earlier one.</summary>
    public static double LargestRise(double[] values)
    {
        double lowest = values[0];
        double most = 0;
        foreach (double value in values)
        {
            lowest = Math.Min(lowest, value);
            most = Math.Max(most, value - lowest);
        }
        return most;
    }

    // The smallest sum of squares around the means of three stretches, of which some may be empty.
    private static double BestSteps(double[] values)
    {
        double best = double.PositiveInfinity;
        for (int one = 1; one < values.Length; one++)
        {
            double first = Error(values.AsSpan(0, one));
            for (int two = one; two < values.Length && first < best; two++)
            {
                best = Math.Min(best, first + Error(values.AsSpan(one, two - one)) + Error(values.AsSpan(two)));
            }
        }
        return best;
    }

    private static double Error(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value / values.Length;
        }
        double error = 0;
        foreach (double value in values)
        {
            error += (value - mean) * (value - mean);
        }
        return error;
    }
}
