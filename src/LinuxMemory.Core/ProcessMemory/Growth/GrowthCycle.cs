namespace LinuxMemory;

/// <summary>Finds the cycles of a series that rises and falls again, as with a garbage collector.</summary>
internal static class GrowthCycle
{
    // A fall by this part of the whole range ends a cycle, unless it is within the noise; smaller ones do not hide a trend.
    private const double CycleFall = 0.2;
    private const double NoiseFall = 6;

    // As low as a trough is what is above it by less than this part of such a fall: few samples meet the very lowest point.
    private const double StillLow = 0.75;

    // What turns a median of absolute deviations into a standard deviation.
    private const double MadToDeviation = 1.4826;

    /// <summary>
    /// The longest time above the floor: before a fall, since a value as low as the one after it; at the end, since one as low as
    /// the last trough. 0 for a series without cycles: a fall that no rise follows is none, the series may just shrink.
    /// </summary>
    public static double Longest(double[] times, double[] values)
    {
        double fall = Math.Max((values.Max() - values.Min()) * CycleFall, Noise(values) * NoiseFall);
        double turn = values[0];
        double trough = values[0];
        double longest = 0;
        double open = 0;
        bool falling = false;
        bool any = false;
        for (int i = 1; fall > 0 && i < values.Length; i++)
        {
            if (falling && values[i] - turn >= fall)
            {
                longest = Math.Max(longest, open);
                (falling, any) = (false, true);
            }
            else if (!falling && turn - values[i] >= fall)
            {
                open = Since(times, values, i, values[i] + (fall * StillLow));
                falling = true;
            }
            else if (falling == values[i] > turn)
            {
                continue;
            }
            turn = values[i];
            trough = falling ? turn : trough;
        }
        return !any ? 0 : Math.Max(longest, falling ? open : Since(times, values, values.Length - 1, trough + (fall * StillLow)));
    }

    // The time from the last value that was as low to one.
    private static double Since(double[] times, double[] values, int to, double low)
    {
        int from = to - 1;
        while (from > 0 && values[from] > low)
        {
            from--;
        }
        return times[to] - times[from];
    }

    // How far a value is from the one before by chance, as a standard deviation of the values: robust, and blind to ramps.
    private static double Noise(double[] values)
    {
        double[] steps = [.. values.Zip(values.Skip(1), (one, next) => next - one)];
        double usual = TheilSen.Median(steps);
        return TheilSen.Median(steps.Select(step => Math.Abs(step - usual))) * MadToDeviation / Math.Sqrt(2);
    }
}
