using System.Diagnostics;

namespace LinuxMemory.Benchmarks;

/// <summary>Measures side by side, so that what disturbs one disturbs the other.</summary>
internal static class Timing
{
    // The runtime compiles what is hot again in the background.
    private const int Warming = 3;

    /// <summary>Runs the candidates in turn, first for warmth and then <paramref name="rounds"/> times; the median of each in milliseconds.</summary>
    public static double[] Medians(int rounds, params Func<double>[] candidates) => Medians(rounds, Warming, candidates);

    /// <summary>The same with other rounds for warmth.</summary>
    public static double[] Medians(int rounds, int warming, params Func<double>[] candidates)
    {
        List<double>[] times = [.. candidates.Select(_ => new List<double>())];
        for (int round = -warming; round < rounds; round++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                double time = candidates[i]();
                if (round >= 0)
                {
                    times[i].Add(time);
                }
            }
        }
        return [.. times.Select(Median)];
    }

    /// <summary>How long the work takes in this process.</summary>
    public static Func<double> InProcess(Action work) => () =>
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    };

    /// <summary>How long a program runs, from its start to its end; its output goes to /dev/null.</summary>
    public static Func<double> Program(string program, params string[] arguments) => () =>
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]);
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    };

    /// <summary>The path of a program on PATH; null when it is missing.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists);

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
