using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How far a swapoff is, from what /proc/swaps says is still in the area.</summary>
internal sealed class SwapOffProgress(Machine machine, string path, ChangeWatch watch)
{
    // Shorter ones are over before anybody could read it.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _used = SwapAreaCalls.Find(machine, path)?.Used ?? 0;
    private TimeSpan _next = Silence;
    private bool _isShown;

    private string Activity => $"Taking {path} out of use";

    /// <summary>Tells it, at most five times a second.</summary>
    public void Report()
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed < _next || _used == 0)
        {
            return;
        }
        _next = elapsed + Pause;
        long left = SwapAreaCalls.Find(machine, path)?.Used ?? 0;
        _isShown = true;
        watch.Report(Activity, Describe(Math.Max(0, _used - left), elapsed), (int)Math.Clamp((_used - left) * 99 / _used, 0, 99));
    }

    /// <summary>Says that it is over.</summary>
    public void Finish()
    {
        if (_isShown)
        {
            watch.Finish(Activity);
        }
    }

    private string Describe(long back, TimeSpan elapsed)
    {
        string done = $"{ByteText.Of(back)} of {ByteText.Of(_used)} are back in memory";
        return back == 0 ? done : $"{done}, about {SwapText.Wait(elapsed * ((double)(_used - back) / back))} left";
    }
}
