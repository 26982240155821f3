using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the views of <see cref="ProcessMemoryGrowth"/> and <see cref="ProcessMemoryMapDifference"/>.</summary>
public static class GrowthText
{
    private const double Smallest = 0.001;

    /// <summary>Bytes more or less, with a sign: "+1.5 MiB"; "-" for what is not known.</summary>
    public static string Change(object? bytes) =>
        bytes is null ? "-" : Convert.ToDouble(bytes, CultureInfo.InvariantCulture) > 0 ? "+" + Display.Size(bytes) : Display.Size(bytes);

    /// <summary>A probability with three digits, "&lt;0.001" below.</summary>
    public static string Probability(object? probability) =>
        probability is null ? "-"
        : Convert.ToDouble(probability, CultureInfo.InvariantCulture) is >= Smallest and double p ? p.ToString("0.000", CultureInfo.InvariantCulture) : "<0.001";

    /// <summary>A time to come in two units, "3 d 4 h"; "-" for what is not known.</summary>
    public static string Time(object? time)
    {
        if (time is null || !TimeSpan.TryParse(Convert.ToString(time, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out TimeSpan left))
        {
            return "-";
        }
        return left.TotalDays >= 365 ? string.Create(CultureInfo.InvariantCulture, $"{left.Days / 365} years")
            : left.TotalDays >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{left.Days} d {left.Hours} h")
            : left.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{left.Hours} h {left.Minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes} min {left.Seconds} s");
    }
}
