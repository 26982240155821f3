using System.Buffers.Text;

namespace LinuxMemory;

/// <summary>The times that logs write. Each reading takes what it read from the left; what is no such time is left alone.</summary>
internal static class LogTime
{
    // "[", four words and "] ", with some letters of two and three bytes.
    private const int LongestForeign = 64;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    private static ReadOnlySpan<byte> Days => "MonTueWedThuFriSatSun"u8;

    /// <summary>"Nov 22 05:20:05" of syslog, with a fraction or a year where the log has them.</summary>
    public static bool TryTakeSyslog(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text;
        if (!TryTakeMonth(ref rest, out int month) || !LogText.TryTakeNumber(ref rest, out int day) || !LogText.TrySkip(ref rest, " "u8))
        {
            return false;
        }
        int? year = TryTakeYear(ref rest, out int given) ? given : null;
        if (!TryTakeClock(ref rest, out TimeSpan ofDay))
        {
            return false;
        }
        time = year is null ? clock.WithoutYear(month, day, ofDay) : TryMake(year.Value, month, day, ofDay, out DateTime local) ? clock.FromLocal(local) : null;
        text = rest;
        return true;
    }

    /// <summary>"Sun Nov 22 05:20:05 2026" of dmesg -T and of OpenWrt.</summary>
    public static bool TryTakeCtime(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text;
        if (!TryTakeDay(ref rest) || !LogText.TrySkip(ref rest, " "u8) || !TryTakeMonth(ref rest, out int month) || !LogText.TryTakeNumber(ref rest, out int day)
            || !LogText.TrySkip(ref rest, " "u8) || !TryTakeClock(ref rest, out TimeSpan ofDay) || !LogText.TrySkip(ref rest, " "u8)
            || !LogText.TryTakeNumber(ref rest, out int year))
        {
            return false;
        }
        time = TryMake(year, month, day, ofDay, out DateTime local) ? clock.FromLocal(local) : null;
        text = rest;
        return true;
    }

    /// <summary>"2026-11-22T05:20:05.123456+01:00" of rsyslog, RFC 5424, dmesg and journalctl; without a zone, local time.</summary>
    public static bool TryTakeIso(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text;
        if (rest.Length < 19 || rest[4] != '-' || rest[7] != '-' || rest[10] is not ((byte)'T' or (byte)' ')
            || !Utf8Parser.TryParse(rest[..4], out int year, out int length) || length != 4
            || !Utf8Parser.TryParse(rest[5..7], out int month, out length) || length != 2
            || !Utf8Parser.TryParse(rest[8..10], out int day, out length) || length != 2)
        {
            return false;
        }
        rest = rest[11..];
        if (!TryTakeClock(ref rest, out TimeSpan ofDay))
        {
            return false;
        }
        TimeSpan? offset = TakeOffset(ref rest);
        if (TryMake(year, month, day, ofDay, out DateTime local))
        {
            time = offset is null ? clock.FromLocal(local) : LogClock.FromOffset(local, offset.Value);
        }
        text = rest;
        return true;
    }

    /// <summary>"Sun 2026-11-22 05:20:05 UTC" of journalctl -o short-full; a zone other than UTC is taken for the local one.</summary>
    public static bool TryTakeFull(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text;
        if (!TryTakeDay(ref rest) || !LogText.TrySkip(ref rest, " "u8) || !TryTakeIso(ref rest, clock, out time))
        {
            return false;
        }
        ReadOnlySpan<byte> zone = LogText.TakeWord(ref rest);
        if (zone.SequenceEqual("UTC"u8) || zone.SequenceEqual("GMT"u8))
        {
            ReadOnlySpan<byte> again = text[4..];
            TryTakeIso(ref again, clock.InUtc, out time);
        }
        text = rest;
        return true;
    }

    /// <summary>"1795309158.123456" of journalctl -o short-unix.</summary>
    public static bool TryTakeUnix(ref ReadOnlySpan<byte> text, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text;
        if (!Utf8Parser.TryParse(rest, out long seconds, out int length) || length is < 9 or > 11 || rest.Length <= length || rest[length] != '.')
        {
            return false;
        }
        rest = rest[length..];
        time = DateTimeOffset.FromUnixTimeSeconds(seconds) + TakeFraction(ref rest);
        text = rest;
        return true;
    }

    /// <summary>"Nov22 05:20" of dmesg --reltime.</summary>
    public static bool TryTakeReltime(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text;
        if (!TryTakeMonth(ref rest, out int month) || !LogText.TryTakeNumber(ref rest, out int day) || !LogText.TrySkip(ref rest, " "u8)
            || rest.Length < 5 || rest[2] != ':' || !Utf8Parser.TryParse(rest[..2], out int hours, out int length) || length != 2
            || !Utf8Parser.TryParse(rest[3..5], out int minutes, out length) || length != 2 || hours > 23 || minutes > 59)
        {
            return false;
        }
        time = clock.WithoutYear(month, day, new TimeSpan(hours, minutes, 0));
        text = rest[5..];
        return true;
    }

    /// <summary>"11-22 05:20:05.123" of logcat.</summary>
    public static bool TryTakeLogcat(ref ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        if (text.Length < 18 || text[2] != '-' || text[5] != ' ' || text[14] != '.' || !Utf8Parser.TryParse(text[..2], out int month, out int length) || length != 2
            || !Utf8Parser.TryParse(text[3..5], out int day, out length) || length != 2)
        {
            return false;
        }
        ReadOnlySpan<byte> rest = text[6..];
        if (!TryTakeClock(ref rest, out TimeSpan ofDay))
        {
            return false;
        }
        time = clock.WithoutYear(month, day, ofDay);
        text = rest;
        return true;
    }

    /// <summary>"[Di Mär  5 14:33:21 2024] " of dmesg -T in another language, whose names of months are not known.</summary>
    public static bool TrySkipForeign(ref ReadOnlySpan<byte> text)
    {
        int end = text[..Math.Min(text.Length, LongestForeign)].IndexOf("] "u8);
        ReadOnlySpan<byte> rest = end < 0 ? default : text[1..end];
        int clock = rest.LastIndexOf((byte)' ') - "05:20:05".Length;
        ReadOnlySpan<byte> year = clock < 1 || rest[clock - 1] != ' ' ? default : rest[(clock + "05:20:05 ".Length)..];
        rest = clock < 1 ? default : rest[clock..];
        if (year.Length != 4 || year.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !TryTakeClock(ref rest, out _))
        {
            return false;
        }
        text = text[(end + "] ".Length)..];
        return true;
    }

    /// <summary>A date that the calendar has.</summary>
    public static bool TryMake(int year, int month, int day, TimeSpan ofDay, out DateTime time)
    {
        bool isOne = year is > 1 and < 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        time = isOne ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + ofDay : default;
        return isOne;
    }

    private static bool TryTakeMonth(ref ReadOnlySpan<byte> text, out int month)
    {
        int at = text.Length < 3 ? -1 : Months.IndexOf(text[..3]);
        month = (at / 3) + 1;
        if (at < 0 || at % 3 != 0)
        {
            return false;
        }
        text = text[3..];
        return true;
    }

    private static bool TryTakeDay(ref ReadOnlySpan<byte> text)
    {
        int at = text.Length < 3 ? -1 : Days.IndexOf(text[..3]);
        if (at < 0 || at % 3 != 0)
        {
            return false;
        }
        text = text[3..];
        return true;
    }

    private static bool TryTakeYear(ref ReadOnlySpan<byte> text, out int year)
    {
        if (!Utf8Parser.TryParse(text, out year, out int length) || length != 4 || text.Length <= 4 || text[4] != ' ')
        {
            return false;
        }
        text = text[5..];
        return true;
    }

    // "05:20:05", ".123456" or ",123456"; 60 for a leap second.
    private static bool TryTakeClock(ref ReadOnlySpan<byte> text, out TimeSpan ofDay)
    {
        ofDay = default;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || !Utf8Parser.TryParse(text[..2], out int hours, out int length) || length != 2
            || !Utf8Parser.TryParse(text[3..5], out int minutes, out length) || length != 2
            || !Utf8Parser.TryParse(text[6..8], out int seconds, out length) || length != 2
            || hours is < 0 or > 23 || minutes is < 0 or > 59 || seconds is < 0 or > 60)
        {
            return false;
        }
        text = text[8..];
        ofDay = new TimeSpan(hours, minutes, Math.Min(seconds, 59)) + TakeFraction(ref text);
        return true;
    }

    private static TimeSpan TakeFraction(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] is not ((byte)'.' or (byte)',') || !char.IsAsciiDigit((char)text[1]))
        {
            return default;
        }
        long ticks = 0;
        long unit = TimeSpan.TicksPerSecond;
        int at = 1;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            unit /= 10;
            ticks += (text[at] - '0') * unit;
        }
        text = text[at..];
        return TimeSpan.FromTicks(ticks);
    }

    // Z, +01:00 or +0100.
    private static TimeSpan? TakeOffset(ref ReadOnlySpan<byte> text)
    {
        if (LogText.TrySkip(ref text, "Z"u8))
        {
            return TimeSpan.Zero;
        }
        if (text.Length < 5 || text[0] is not ((byte)'+' or (byte)'-') || !Utf8Parser.TryParse(text[1..3], out int hours, out int length) || length != 2)
        {
            return null;
        }
        int next = text[3] == ':' ? 4 : 3;
        if (text.Length < next + 2 || !Utf8Parser.TryParse(text.Slice(next, 2), out int minutes, out length) || length != 2 || hours > 14 || minutes is < 0 or > 59 || hours < 0)
        {
            return null;
        }
        TimeSpan offset = new(hours, minutes, 0);
        bool isWest = text[0] == '-';
        text = text[(next + 2)..];
        return isWest ? -offset : offset;
    }
}
