namespace LinuxMemory;

/// <summary>
/// The floor of a series: its smallest value in each of equal stretches of time. A collector's garbage lies above it, a leak
/// lifts it. Each stretch is longer than the longest time above the floor, so that none is without a trough.
/// </summary>
internal sealed record GrowthFloor(double[] Times, double[] Values)
{
    private const int MostBuckets = 24;
    private const int FewBuckets = 8;
    private const int SamplesEach = 4;

    /// <summary>How many stretches there are.</summary>
    public int Count => Values.Length;

    /// <summary>True where the series falls back again and again.</summary>
    public bool HasCycles { get; private init; }

    /// <summary>Time from the first value to the last.</summary>
    public double Length => Count == 0 ? 0 : Times[^1] - Times[0];

    /// <summary>The floor of samples in the order of time.</summary>
    public static GrowthFloor Of(double[] times, double[] values)
    {
        double length = times[^1] - times[0];
        int buckets = Math.Clamp(Math.Max(values.Length / SamplesEach, Math.Min(values.Length / 2, FewBuckets)), 1, MostBuckets);
        double cycle = GrowthCycle.Longest(times, values);
        return cycle > 0
            ? Minima(times, values, Math.Clamp((int)(length / cycle), 1, buckets)) with { HasCycles = true }
            : Minima(times, values, buckets);
    }

    /// <summary>The values from a part of all on, 0 to 1.</summary>
    public GrowthFloor From(double part)
    {
        int first = (int)Math.Round(Count * part);
        return new GrowthFloor(Times[first..], Values[first..]);
    }

    /// <summary>The values before another's, which is the end of this.</summary>
    public GrowthFloor Before(GrowthFloor end) => new(Times[..^end.Count], Values[..^end.Count]);

    /// <summary>The values of one of three thirds.</summary>
    public double[] Third(int third) => Values[(Count * third / 3)..(Count * (third + 1) / 3)];

    private static GrowthFloor Minima(double[] times, double[] values, int buckets)
    {
        double length = times[^1] - times[0];
        List<double> floorTimes = [];
        List<double> floor = [];
        int bucket = -1;
        for (int i = 0; i < values.Length; i++)
        {
            int own = length > 0 ? Math.Min((int)((times[i] - times[0]) / length * buckets), buckets - 1) : 0;
            if (own > bucket)
            {
                bucket = own;
                floorTimes.Add(times[i]);
                floor.Add(values[i]);
            }
            else if (values[i] < floor[^1])
            {
                floorTimes[^1] = times[i];
                floor[^1] = values[i];
            }
        }
        return new GrowthFloor([.. floorTimes], [.. floor]);
    }
}
