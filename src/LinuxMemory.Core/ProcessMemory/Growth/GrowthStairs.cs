namespace LinuxMemory;

/// <summary>Tells a series that rose in one or two steps, where something was loaded or a table doubled, from one that grows.</summary>
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
