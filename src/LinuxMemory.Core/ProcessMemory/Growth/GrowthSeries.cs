namespace LinuxMemory;

/// <summary>The samples of one process, from its start to its end.</summary>
internal sealed class GrowthSeries(GrowthSample first)
{
    // Above it the series is thinned to half: days of seconds fit in.
    private const int Most = 20_000;

    // So many collections give a floor by themselves.
    private const int EnoughCollections = 12;

    // Times of text formats are cut to seconds.
    private const double Second = 1;

    private List<(DateTimeOffset Time, long Value, long? After, long? Collections)> _samples = [];

    /// <summary>The newest sample.</summary>
    public GrowthSample Last { get; private set; } = first;

    /// <summary>How many samples there were.</summary>
    public int Count { get; private set; }

    /// <summary>Time from the first to the last sample.</summary>
    public TimeSpan Duration => _samples.Max(sample => sample.Time) - _samples.Min(sample => sample.Time);

    public void Add(GrowthSample sample)
    {
        if (sample.Time >= Last.Time)
        {
            Last = sample;
        }
        Count++;
        _samples.Add((sample.Time, sample.Value, sample.AfterCollection, sample.Collections));
        if (_samples.Count > Most)
        {
            Thin();
        }
    }

    public GrowthTrend Trend()
    {
        _samples = [.. _samples.OrderBy(sample => sample.Time)];
        double[] times = Seconds();
        double[] values = [.. _samples.Select(sample => (double)sample.Value)];
        (double Time, double Value)[] left = AfterCollections(times);
        return left.Length >= EnoughCollections
            ? GrowthTrend.OfFloor([.. left.Select(floor => floor.Time)], [.. left.Select(floor => floor.Value)], Count)
            : GrowthTrend.Of(times, values);
    }

    /// <summary>True where a collector fills the measured space and did not clear it in all this time, so that its growth says nothing.</summary>
    public bool IsUncollected =>
        _samples.Count > 0 && _samples.All(sample => sample.Collections is not null)
        && _samples.Min(sample => sample.Collections) == _samples.Max(sample => sample.Collections)
        && _samples.Zip(_samples.Skip(1)).All(pair => pair.Second.Value >= pair.First.Value);

    // The first sample that tells what each collection left.
    private (double, double)[] AfterCollections(double[] times) =>
        [.. _samples.Select((sample, i) => (sample, Time: times[i])).Where(item => item.sample.After is not null)
            .DistinctBy(item => item.sample.Collections).Select(item => (item.Time, (double)item.sample.After!.Value))];

    // Several samples of one second are spread over it, in their order.
    private double[] Seconds()
    {
        double[] times = [.. _samples.Select(sample => (sample.Time - _samples[0].Time).TotalSeconds)];
        for (int start = 0, end; start < times.Length; start = end)
        {
            for (end = start + 1; end < times.Length && times[end] == times[start]; end++)
            {
            }
            double room = end < times.Length ? times[end] - times[start] : Second;
            for (int i = start + 1; i < end && room <= Second; i++)
            {
                times[i] += room * (i - start) / (end - start);
            }
        }
        return times;
    }

    // Of two neighbours the lower stays: the floor does not change.
    private void Thin() =>
        _samples = [.. _samples.OrderBy(sample => sample.Time).Chunk(2).Select(pair => pair.MinBy(sample => sample.Value))];
}
