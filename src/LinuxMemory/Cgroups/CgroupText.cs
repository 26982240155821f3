using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Words of the view of cgroups.</summary>
public static class CgroupText
{
    private const int Width = 28;

    /// <summary>The group's path; of one that is too long the end, where groups differ.</summary>
    public static string Path(object? path)
    {
        string text = Display.Text(path);
        return text.Length <= Width ? text : "…" + text[^(Width - 1)..];
    }

    /// <summary>A duration in seconds, "0.25".</summary>
    public static string Seconds(object? duration) =>
        duration is null ? "-" : TimeSpan.Parse(duration.ToString()!, CultureInfo.InvariantCulture).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
