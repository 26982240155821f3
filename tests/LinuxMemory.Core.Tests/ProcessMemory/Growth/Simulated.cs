namespace LinuxMemory.Core.Tests;

/// <summary>Memory over time as programs use it, with noise from a seed. Values are bytes, cut to pages; samples stand a second apart.</summary>
internal static class Simulated
{
    private const double MiB = 1 << 20;

    /// <summary>Programs that do not leak, whatever else they do.</summary>
    public static readonly (string Name, Func<Random, int, double[]> Make)[] Harmless =
    [
        ("constant", (random, n) => Series(n, _ => 100 * MiB)),
        ("noise of a tenth of a percent", (random, n) => Series(n, _ => (100 * MiB) + (0.1 * MiB * Normal(random)))),
        ("noise of a percent", (random, n) => Series(n, _ => (100 * MiB) + (MiB * Normal(random)))),
        ("noise of ten percent", (random, n) => Series(n, _ => (100 * MiB) + (10 * MiB * Normal(random)))),
        ("noise that remembers itself", (random, n) => Remembering(random, n, 0.5)),
        ("noise that remembers itself for long", (random, n) => Remembering(random, n, 0.9)),
        ("a collector, 12 times", (random, n) => Sawtooth(random, n, 12, 0)),
        ("a collector, 6 times", (random, n) => Sawtooth(random, n, 6, 0)),
        ("a collector, 3 times", (random, n) => Sawtooth(random, n, 3, 0)),
        ("a collector in step with the samples", (random, n) => Beat(random, n)),
        ("a collector at odd times", (random, n) => OddSawtooth(random, n)),
        ("grows for a third of the time", (random, n) => Growing(random, n, 0.3)),
        ("grows for half of the time", (random, n) => Growing(random, n, 0.5)),
        ("grows for two thirds of the time", (random, n) => Growing(random, n, 0.67)),
        ("fills a cache ever slower", (random, n) => Series(n, i => (50 * MiB) + (100 * MiB * (1 - Math.Exp(-i / (0.1 * n)))) + (0.2 * MiB * Normal(random)))),
        ("fragments: ever slower, for longer", (random, n) => Series(n, i => (50 * MiB) + (100 * MiB * (1 - Math.Exp(-i / (0.25 * n)))) + (0.2 * MiB * Normal(random)))),
        ("one step up", (random, n) => Stairs(random, n, 1)),
        ("two steps up", (random, n) => Stairs(random, n, 2)),
        ("falls once", (random, n) => FallsOnce(random, n)),
        ("a heap that is enlarged now and then", (random, n) => Enlarged(random, n)),
        ("spikes", (random, n) => Series(n, _ => (50 * MiB) + (random.NextDouble() < 0.05 ? 300 * MiB : 0) + (0.2 * MiB * Normal(random)))),
        ("a page now and then", (random, n) => Series(n, i => (50 * MiB) + (180.0 * 1024 * i / n))),
        ("shrinks", (random, n) => Series(n, i => (100 * MiB) - (20 * MiB * i / n) + (0.3 * MiB * Normal(random)))),
    ];

    /// <summary>Programs that leak to the end.</summary>
    public static readonly (string Name, Func<Random, int, double[]> Make)[] Leaks =
    [
        ("steadily", (random, n) => Series(n, i => (50 * MiB) + (10 * MiB * i / n))),
        ("in the steps of the C library's heap", (random, n) => Series(n, i => (50 * MiB) + (Math.Floor(3 * MiB * i / n / 135168) * 135168))),
        ("in the regions of a .NET heap", (random, n) => Regions(random, n)),
        ("with noise of a twentieth of the growth", (random, n) => Series(n, i => (50 * MiB) + (10 * MiB * i / n) + (0.5 * MiB * Normal(random)))),
        ("in bursts", (random, n) => Bursts(random, n)),
        ("faster and faster", (random, n) => Series(n, i => (50 * MiB) + (10 * MiB * i / n * i / n) + (0.05 * MiB * Normal(random)))),
        ("a little slower with time", (random, n) => Series(n, i => (50 * MiB) + (10 * MiB * Math.Pow((double)i / n, 0.7)) + (0.05 * MiB * Normal(random)))),
        ("under a collector", (random, n) => Sawtooth(random, n, 20, 20)),
    ];

    public static double[] Times(int n) => [.. Enumerable.Range(0, n).Select(i => (double)i)];

    private static double[] Series(int n, Func<int, double> at) => [.. Enumerable.Range(0, n).Select(i => Page(at(i)))];

    private static double[] Remembering(Random random, int n, double part)
    {
        double state = 0;
        return Series(n, _ => (100 * MiB) + (state = (state * part) + (2 * MiB * Normal(random))));
    }

    private static double[] Sawtooth(Random random, int n, int teeth, double leakMiB)
    {
        double period = (double)n / teeth;
        double phase = random.NextDouble();
        return Series(n, i => (100 * MiB) + (leakMiB * MiB * i / n) + (30 * MiB * (((i / period) + phase) % 1)) + (0.1 * MiB * Normal(random)));
    }

    // A tooth is nearly a whole number of samples: these meet each trough a little later, or earlier, than the one before.
    private static double[] Beat(Random random, int n)
    {
        int samples = random.Next(4, 9);
        double drift = (2 * random.NextDouble()) - 1;
        double period = samples + (drift * samples / n);
        double phase = random.NextDouble();
        return Series(n, i => (3 * MiB) + (12 * MiB * (((i / period) + phase) % 1)) + (0.02 * MiB * Normal(random)));
    }

    private static double[] OddSawtooth(Random random, int n)
    {
        double state = 0;
        int next = random.Next(2, n / 5);
        return Series(n, _ =>
        {
            state += 3 * MiB * (0.5 + random.NextDouble());
            if (--next <= 0)
            {
                state = Math.Abs(Normal(random)) * 2 * MiB;
                next = random.Next(2, n / 5);
            }
            return (100 * MiB) + state;
        });
    }

    private static double[] Growing(Random random, int n, double part) =>
        Series(n, i => (50 * MiB) + (100 * MiB * Math.Min(1, i / (part * n))) + (0.2 * MiB * Normal(random)));

    private static double[] Stairs(Random random, int n, int steps)
    {
        int[] at = [.. Enumerable.Range(0, steps).Select(_ => random.Next(n))];
        return Series(n, i => (50 * MiB) + (25 * MiB * at.Count(step => i >= step)) + (0.2 * MiB * Normal(random)));
    }

    private static double[] FallsOnce(Random random, int n)
    {
        double at = n * (0.4 + (0.5 * random.NextDouble()));
        return Series(n, i => (i < at ? 52 : 49) * MiB);
    }

    // Full for a while, then larger by so much as comes until it is cleared the next time: what it holds is always the same.
    private static double[] Enlarged(Random random, int n)
    {
        double phase = random.NextDouble();
        return Series(n, i =>
        {
            double at = (3.0 * i / n) + phase;
            return (50 * MiB) + (20 * MiB * (Math.Floor(at) + Math.Max(0, (at % 1 * 2) - 1))) + (0.1 * MiB * random.NextDouble());
        });
    }

    // A collector asks for 4 MiB at once, sooner or later, and fills them quickly with garbage.
    private static double[] Regions(Random random, int n)
    {
        double[] starts = [.. Enumerable.Range(0, 20).Select(region => (region + (0.5 * random.NextDouble())) * n / 20)];
        return Series(n, i => (20 * MiB) + starts.Sum(start => 4 * MiB * Math.Clamp((i - start) * 40 / n, 0, 1)));
    }

    private static double[] Bursts(Random random, int n)
    {
        double state = 50 * MiB;
        return Series(n, _ => state -= Math.Log(1 - random.NextDouble()) * 20 * MiB / n);
    }

    private static double Page(double value) => Math.Floor(value / 4096) * 4096;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
