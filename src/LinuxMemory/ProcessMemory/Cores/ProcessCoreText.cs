using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessCore"/>.</summary>
public static class ProcessCoreText
{
    /// <summary>A short time: "12.3 ms", "4.56 s"; "-" for what is not known.</summary>
    public static string Seconds(object? time)
    {
        TimeSpan? span = time switch
        {
            TimeSpan known => known,
            null => null,
            _ => TimeSpan.TryParse(time.ToString(), CultureInfo.InvariantCulture, out TimeSpan read) ? read : null,
        };
        return span is not TimeSpan value ? "-"
            : value.TotalSeconds < 1 ? value.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms"
            : value.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
    }
}
