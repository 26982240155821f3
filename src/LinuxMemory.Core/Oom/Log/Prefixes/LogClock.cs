namespace LinuxMemory;

/// <summary>Makes real times of what a log writes: microseconds since the start of the machine, local times, times without a year.</summary>
internal sealed class LogClock
{
    private const int MostYearsBack = 8;

    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _writtenBy;
    private readonly DateTimeOffset? _fallback;
    private DateTimeOffset? _boot;
    private readonly bool _isFixed;
    private long _last = -1;

    /// <summary>Makes the clock of one log.</summary>
    /// <param name="writtenBy">When the log was last written: no line is younger.</param>
    /// <param name="boot">When the machine started, where that is known for certain.</param>
    /// <param name="fallback">The same as the log file's own time tells it: an estimate.</param>
    /// <param name="zone">The zone of local times.</param>
    public LogClock(DateTimeOffset writtenBy, DateTimeOffset? boot = null, DateTimeOffset? fallback = null, TimeZoneInfo? zone = null)
    {
        _writtenBy = writtenBy;
        _boot = boot;
        _isFixed = boot is not null;
        _fallback = fallback;
        _zone = zone ?? TimeZoneInfo.Local;
    }

    /// <summary>The same clock for times in UTC.</summary>
    public LogClock InUtc => new(_writtenBy, zone: TimeZoneInfo.Utc);

    /// <summary>True when times since the start of the machine rest on the log file's own time.</summary>
    public bool IsEstimate => _boot is null && _fallback is not null;

    /// <summary>The time of a local clock.</summary>
    public DateTimeOffset? FromLocal(DateTime local)
    {
        TimeSpan offset = _zone.GetUtcOffset(local);
        return FromOffset(local, offset);
    }

    /// <summary>The time of a clock so far from UTC.</summary>
    public static DateTimeOffset? FromOffset(DateTime local, TimeSpan offset)
    {
        long ticks = local.Ticks - offset.Ticks;
        return ticks > DateTime.MinValue.AddDays(2).Ticks && ticks < DateTime.MaxValue.AddDays(-2).Ticks ? new DateTimeOffset(local, offset) : null;
    }

    /// <summary>The last such day before the log was last written. A clock may be a day wrong.</summary>
    public DateTimeOffset? WithoutYear(int month, int day, TimeSpan ofDay)
    {
        int latest = _writtenBy.Year + 1;
        for (int year = latest; year > latest - MostYearsBack; year--)
        {
            if (LogTime.TryMake(year, month, day, ofDay, out DateTime local) && FromLocal(local) is DateTimeOffset time && time <= _writtenBy.AddDays(1))
            {
                return time;
            }
        }
        return null;
    }

    /// <summary>The time so many microseconds after the start; null when nothing tells when that was.</summary>
    public DateTimeOffset? SinceBoot(long microseconds)
    {
        DateTimeOffset? boot = _boot ?? _fallback;
        return boot is null || microseconds < 0 || microseconds > (DateTimeOffset.MaxValue - boot.Value).Ticks / TimeSpan.TicksPerMicrosecond
            ? null
            : boot.Value.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Learns the start from a line that tells the time: the hardware clock's or the audit subsystem's, which each start of the kernel prints.</summary>
    public void Learn(ReadOnlySpan<byte> text, long uptime)
    {
        if (uptime < 0 || _isFixed)
        {
            return;
        }
        // A second start in the same log: what the first taught is over.
        if (uptime + 10_000_000 < _last)
        {
            _boot = null;
        }
        _last = uptime;
        if (TryFindSeconds(text, out double seconds) && seconds is > 0 and < 100_000_000_000)
        {
            _boot = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond) - (uptime * TimeSpan.TicksPerMicrosecond));
        }
    }

    // "setting system clock to 2026-11-22T00:59:21 UTC (1795309161)"; "audit: type=2000 audit(1795309159.968:1): state=initialized".
    private static bool TryFindSeconds(ReadOnlySpan<byte> text, out double seconds)
    {
        seconds = 0;
        int at = text.IndexOf("setting system clock to "u8);
        if (at >= 0)
        {
            int open = text.LastIndexOf((byte)'(');
            return open > at && System.Buffers.Text.Utf8Parser.TryParse(text[(open + 1)..], out seconds, out int _) && double.IsFinite(seconds);
        }
        at = text.IndexOf("type=2000 audit("u8);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(text[(at + "type=2000 audit(".Length)..], out seconds, out int _) && double.IsFinite(seconds);
    }
}
