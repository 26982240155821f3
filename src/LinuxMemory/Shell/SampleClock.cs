using System.Diagnostics;

namespace LinuxMemory.Commands;

/// <summary>Ticks at fixed distances from its making: what a sample costs does not add up.</summary>
internal sealed class SampleClock(IShell shell, double interval)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Waits for a tick, 0 the beginning; false when the user stops the command.</summary>
    public bool WaitFor(long tick)
    {
        TimeSpan left = TimeSpan.FromSeconds(tick * interval) - Stopwatch.GetElapsedTime(_start);
        return left <= TimeSpan.Zero
            ? !shell.Stopping.IsCancellationRequested
            : !shell.Stopping.WaitHandle.WaitOne(left);
    }
}
