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

    /// <summary>
    /// By how much a value may lie above its trough, which falls between two samples. Where the cycles are nearly in step with the
    /// samples, these climb a trough a little further each time: a rise of up to so much can be the beat of the two alone.
    /// </summary>
    public double Blur { get; private init; }

    /// <summary>Time from the first value to the last.</summary>
    public double Length => Count == 0 ? 0 : Times[^1] - Times[0];

    /// <summary>The floor of samples in the order of time.</summary>
    public static GrowthFloor Of(double[] times, double[] values)
    {
        double length = times[^1] - times[0];
        int buckets = Math.Clamp(Math.Max(values.Length / SamplesEach, Math.Min(values.Length / 2, FewBuckets)), 1, MostBuckets);
        double cycle = GrowthCycle.Longest(times, values);
        return cycle > 0
            ? Minima(times, values, Math.Clamp((int)(length / cycle), 1, buckets), hasCycles: true)
            : Minima(times, values, buckets, hasCycles: false);
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

    private static GrowthFloor Minima(double[] times, double[] values, int buckets, bool hasCycles)
    {
        double length = times[^1] - times[0];
        List<int> lowest = [];
        int bucket = -1;
        for (int i = 0; i < values.Length; i++)
        {
            int own = length > 0 ? Math.Min((int)((times[i] - times[0]) / length * buckets), buckets - 1) : 0;
            if (own > bucket)
            {
                bucket = own;
                lowest.Add(i);
            }
            else if (values[i] < values[lowest[^1]])
            {
                lowest[^1] = i;
            }
        }
        return new GrowthFloor([.. lowest.Select(i => times[i])], [.. lowest.Select(i => values[i])])
        {
            HasCycles = hasCycles,
            Blur = hasCycles ? TheilSen.Median(lowest.Select(i => Rise(values, i))) : 0,
        };
    }

    // To the lower of the neighbours: a collector falls to its trough at once, and climbs out of it sample by sample.
    private static double Rise(double[] values, int trough) =>
        new[] { trough - 1, trough + 1 }.Where(i => i >= 0 && i < values.Length).Min(i => values[i]) - values[trough];
}
