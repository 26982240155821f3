namespace LinuxMemory;

/// <summary>Collects samples of many processes and says of each whether it grows. One process is known by its id and its start.</summary>
public sealed class ProcessMemoryGrowthMeter
{
    // The start is counted from the time of boot, which moves with the clock, and text formats cut it to seconds.
    internal static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(int Id, string Measure), List<GrowthSeries>> _series = [];

    /// <summary>Adds a sample; samples may come in any order.</summary>
    public void Add(GrowthSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (!_series.TryGetValue((sample.Id, sample.Measure), out List<GrowthSeries>? known))
        {
            _series[(sample.Id, sample.Measure)] = known = [];
        }
        GrowthSeries? own = known.Find(series => IsSame(series.Last.StartTime, sample.StartTime));
        if (own is null)
        {
            own = new GrowthSeries(sample);
            known.Add(own);
        }
        own.Add(sample);
    }

    /// <summary>What the samples so far say of each process, in the order of ids; limits and mappings are not looked at.</summary>
    public IReadOnlyList<ProcessMemoryGrowth> Results()
    {
        (GrowthSeries Series, GrowthTrend Trend)[] trends = [.. _series.Values.SelectMany(known => known)
            .OrderBy(series => series.Last.Id).ThenBy(series => series.Last.StartTime).Select(series => (series, series.Trend()))];
        double[] adjusted = Holm.Adjust([.. trends.Select(item => item.Trend.PValue)]);
        return [.. trends.Select((item, i) => Result(item.Series, item.Trend, adjusted[i]))];
    }

    private static bool IsSame(DateTimeOffset? one, DateTimeOffset? other) =>
        one is DateTimeOffset first && other is DateTimeOffset second ? (first - second).Duration() <= SameStart : one is null && other is null;

    private static ProcessMemoryGrowth Result(GrowthSeries series, GrowthTrend trend, double adjusted)
    {
        (GrowthVerdict verdict, string reason) = trend.Judge(adjusted);
        if (verdict == GrowthVerdict.Growing && series.IsUncollected)
        {
            (verdict, reason) = (GrowthVerdict.Inconclusive, "nothing was collected in this time: measure longer, or let it collect (jcmd PID GC.run)");
        }
        bool nears = verdict == GrowthVerdict.Growing && series.Last.Limit is not null;
        return new ProcessMemoryGrowth
        {
            Id = series.Last.Id,
            Name = series.Last.Name,
            StartTime = series.Last.StartTime,
            Measure = series.Last.Measure,
            Samples = series.Count,
            Duration = series.Duration,
            Level = (long)trend.Level,
            SlopePerHour = trend.Slope * 3600,
            PValue = trend.PValue,
            AdjustedPValue = adjusted,
            Verdict = verdict,
            Reason = reason,
            TimeToLimit = nears ? GrowthLimit.TimeFor(series.Last.Limit!.Value - trend.Level, trend.Slope) : null,
            Limit = nears ? series.Last.Measure : null,
        };
    }
}
