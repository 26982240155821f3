namespace LinuxMemory;

/// <summary>
/// The trend of one series. The first quarter is left out, since programs fill their caches when they start or when work begins.
/// Of the rest the floor counts (<see cref="GrowthFloor"/>). It grows when there is a trend by more than chance, enough to
/// matter, and steady to the end: a program that grew and stopped does not leak.
/// </summary>
internal sealed class GrowthTrend
{
    /// <summary>Fewer samples say nothing.</summary>
    public const int FewestSamples = 30;

    /// <summary>A trend counts when chance alone would make one as strong in fewer than this part of all series.</summary>
    public const double Significance = 0.01;

    /// <summary>The part of the time that is left out.</summary>
    public const double WarmUp = 0.25;

    // Where there are few stretches, chance makes neat rows more often than the test supposes, since neighbours are alike.
    private const int FewestBuckets = 6;
    private const int FewestCycles = 8;
    private const int ManyBuckets = 10;
    private const double FewBucketsSignificance = Significance / 5;

    // Less does not matter: pages that come and go, stacks, buffers of the C library.
    private const double LeastBytes = 512 * 1024;
    private const double LeastPart = 0.01;

    // What grows rests for less than this part of the time. What rests longer rose in a few steps, as the heap of a collector does
    // that has not cleared it as a whole yet. Less than this part of the growth is no step.
    private const double LongestRest = 1.0 / 6;
    private const double RestPart = 0.02;

    // What each third must add, of an even share; how fast the second half grows, of the first; how sure it must be by itself.
    private const double LeastShare = 0.4;
    private const double LeastPace = 0.5;
    private const double LateSignificance = 0.1;

    // A stable program may move by so much.
    private const double StableBytes = 1024 * 1024;
    private const double StablePart = 0.05;

    // Where it became stable: at once, or at one of these parts of the time.
    private static readonly double[] Beginnings = [0, 1.0 / 3, 0.5, 2.0 / 3];

    private readonly int _samples;
    private readonly double[]? _times;
    private readonly double[] _kept;
    private readonly GrowthFloor _floor;
    private readonly double _relevant;
    private readonly double _little;
    private readonly double _swing;

    private GrowthTrend(int samples, double[]? times, double[] kept, GrowthFloor floor)
    {
        _samples = samples;
        _times = times;
        _kept = kept;
        _floor = floor;
        double level = TheilSen.Median(kept);
        _relevant = Math.Max(Math.Max(LeastBytes, level * LeastPart), floor.Blur);
        _little = Math.Max(Math.Max(StableBytes, level * StablePart), floor.Blur);
        _swing = Percentile(0.95) - Percentile(0.05);
        Slope = TheilSen.Slope(floor.Times, floor.Values);
        PValue = samples < FewestSamples ? 1 : MannKendall.PValue(floor.Values);
    }

    /// <summary>The Theil-Sen slope of the floor, in bytes per second.</summary>
    public double Slope { get; }

    /// <summary>The probability of such a trend by chance, by the Mann-Kendall test of the floor.</summary>
    public double PValue { get; }

    /// <summary>The floor at the end of the series, in bytes.</summary>
    public double Level => _floor.Values[^1];

    /// <summary>The trend of samples in the order of time, at least one; times in seconds, values in bytes.</summary>
    public static GrowthTrend Of(double[] times, double[] values)
    {
        int first = AfterWarmUp(times);
        return new GrowthTrend(values.Length, times[first..], values[first..], GrowthFloor.Of(times[first..], values[first..]));
    }

    /// <summary>The trend where the floor itself is known: what was left after each full collection.</summary>
    public static GrowthTrend OfFloor(double[] times, double[] values, int samples)
    {
        int first = AfterWarmUp(times);
        return new GrowthTrend(samples, null, values[first..], new GrowthFloor(times[first..], values[first..]));
    }

    /// <summary>What it says, given its probability after the correction for how many series were looked at.</summary>
    public (GrowthVerdict Verdict, string Reason) Judge(double adjusted)
    {
        if (_samples < FewestSamples)
        {
            return (GrowthVerdict.Inconclusive, $"{_samples} of at least {FewestSamples} samples");
        }
        if (_kept.Max() - _kept.Min() < _relevant)
        {
            return (GrowthVerdict.Stable, "it hardly changed");
        }
        double limit = _floor.Count < ManyBuckets ? FewBucketsSignificance : Significance;
        bool isTrend = PValue < limit && Math.Abs(Slope * _floor.Length) >= _relevant && _floor.Count >= (_floor.HasCycles ? FewestCycles : FewestBuckets);
        bool isStairs = GrowthStairs.Describe(_floor) || (isTrend && Rests());
        if (isTrend && adjusted < limit && !isStairs && IsSustained())
        {
            return Slope > 0 ? (GrowthVerdict.Growing, "its floor rises steadily") : (GrowthVerdict.Shrinking, "its floor sinks steadily");
        }
        foreach (double part in Beginnings.Where(part => IsFlat(_floor.From(part), part > 0)))
        {
            return (GrowthVerdict.Stable, part == 0 ? "its floor stays level" : "it changed and then stayed level");
        }
        return GrowthStairs.LargestRise(_kept) < _relevant ? (GrowthVerdict.Stable, "it only fell")
            : (GrowthVerdict.Inconclusive, Doubt(isTrend, adjusted >= limit, isStairs));
    }

    private string Doubt(bool isTrend, bool isOneOfMany, bool isStairs) =>
        _floor.HasCycles && _floor.Count < FewestCycles ? "too few of its cycles: measure longer"
        : !isTrend ? "it varies too much to tell: measure longer"
        : isOneOfMany ? "it may be chance among so many processes: measure longer, or it alone"
        : isStairs ? "it changed in steps: measure longer"
        : "its growth slows down or is not steady: measure longer";

    // What was left after collections is a floor, and says nothing of the time between them.
    private bool Rests() => _times is not null
        && GrowthStairs.Rests(_times, _kept, Math.Abs(Slope * _floor.Length) * RestPart, (_times[^1] - _times[0]) * LongestRest);

    // Each third lies above the one before, and the second half grows by itself and not much slower than the first.
    private bool IsSustained()
    {
        int direction = Math.Sign(Slope);
        double[] levels = [.. Enumerable.Range(0, 3).Select(third => direction * TheilSen.Median(_floor.Third(third)))];
        double least = (levels[2] - levels[0]) / 2 * LeastShare;
        GrowthFloor late = _floor.From(0.5);
        GrowthFloor early = _floor.Before(late);
        double slope = direction * TheilSen.Slope(late.Times, late.Values);
        return levels[1] - levels[0] >= least && levels[2] - levels[1] >= least
            && slope >= direction * TheilSen.Slope(early.Times, early.Values) * LeastPace
            && slope * late.Length >= _relevant / 4
            && (late.Count < FewestBuckets || MannKendall.PValue(late.Values) < LateSignificance);
    }

    // No trend, and none that could matter would fit into what is not known of it.
    private bool IsFlat(GrowthFloor floor, bool isPart)
    {
        bool hasTrend = PValue < Significance && Math.Abs(Slope * _floor.Length) >= _relevant;
        if (floor.Count < FewestBuckets)
        {
            double range = floor.Values.DefaultIfEmpty().Max() - floor.Values.DefaultIfEmpty().Min();
            return floor.Count >= (isPart ? 4 : 2) && range <= Math.Max(_little, _swing / 8)
                && (!hasTrend || range < Math.Abs(Slope) * floor.Length / 2);
        }
        (double slope, double low, double high) = TheilSen.Interval(floor.Times, floor.Values);
        double grown = Math.Abs(slope * floor.Length);
        double most = Math.Max(-low, high);
        bool isStill = grown < _relevant || (grown <= Math.Max(_little, _swing / 4) && MannKendall.PValue(floor.Values) > LateSignificance);
        return isStill && most * floor.Length <= Math.Max(_little, _swing) && (!hasTrend || most < Math.Abs(Slope));
    }

    private static int AfterWarmUp(double[] times) => Array.FindIndex(times, time => time - times[0] >= (times[^1] - times[0]) * WarmUp);

    private double Percentile(double part) => _kept.Order().ElementAt((int)Math.Round((_kept.Length - 1) * part));
}
