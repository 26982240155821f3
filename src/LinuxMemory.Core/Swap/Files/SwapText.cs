using System.Globalization;

namespace LinuxMemory;

/// <summary>Sizes and times in sentences about swap.</summary>
internal static class SwapText
{
    /// <summary>A time to wait: "40 s", "3 min".</summary>
    public static string Wait(TimeSpan time) => time.TotalSeconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min");
}
