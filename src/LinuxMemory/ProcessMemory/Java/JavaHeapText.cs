using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="JavaHeap"/>.</summary>
public static class JavaHeapText
{
    /// <summary>The class without its packages, or the file of the .jar, as jps shows it.</summary>
    public static string Main(object heap)
    {
        ArgumentNullException.ThrowIfNull(heap);
        string? main = Shown.Text(heap, nameof(JavaHeap.MainClass));
        return Display.Text(main is null ? null : main.EndsWith(".jar", StringComparison.OrdinalIgnoreCase) ? Path.GetFileName(main) : main[(main.LastIndexOfAny(['.', '/']) + 1)..]);
    }

    /// <summary>The time of all collections in seconds, as GCT of jstat.</summary>
    public static string Seconds(object? time) =>
        time is not null && TimeSpan.TryParse(Convert.ToString(time, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out TimeSpan taken)
            ? taken.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
