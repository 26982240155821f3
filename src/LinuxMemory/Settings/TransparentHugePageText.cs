using System.Collections;
using System.Globalization;
using System.Text;

namespace LinuxMemory.Commands;

/// <summary>The default view of <see cref="TransparentHugePages"/>: the settings, then a line for each size.</summary>
public static class TransparentHugePageText
{
    /// <summary>A few lines of "name: value".</summary>
    public static string Format(object pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        StringBuilder text = new();
        foreach (string name in (string[])["Enabled", "Defrag", "ShmemEnabled", "UseZeroPage", "PmdSize", "AnonHugePages", "Khugepaged", "BootParameter", "AfterBoot"])
        {
            Append(text, name, name switch
            {
                "PmdSize" or "AnonHugePages" => Display.Size(Shown.Number(pages, name)),
                "Khugepaged" when Shown.Value(pages, name) is object daemon => Daemon(daemon),
                "AfterBoot" when Shown.Text(pages, name) is string after => $"{after} ({Shown.Text(pages, "PersistedBy")})",
                _ => Shown.Text(pages, name),
            });
        }
        foreach (object size in Shown.Items(pages, nameof(TransparentHugePages.Sizes)))
        {
            string count = Shown.Value(size, nameof(TransparentHugePageSize.Counters)) is IDictionary counters && counters.Contains("nr_anon")
                ? Convert.ToString(counters["nr_anon"], CultureInfo.InvariantCulture)!
                : "-";
            Append(text, $"  {Display.Size(Shown.Number(size, nameof(TransparentHugePageSize.Size)))}",
                $"{Shown.Text(size, "Enabled") ?? "-",-9} shmem {Shown.Text(size, "ShmemEnabled") ?? "-",-12} anonymous pages {count}");
        }
        return text.ToString().TrimEnd('\n');
    }

    private static string Daemon(object daemon) => string.Create(CultureInfo.InvariantCulture,
        $"{Shown.Value(daemon, nameof(Khugepaged.PagesToScan))} pages every {(Shown.Value(daemon, nameof(Khugepaged.ScanSleep)) as TimeSpan?)?.TotalSeconds} s");

    private static void Append(StringBuilder text, string name, string? value) =>
        text.Append(name.PadRight(15)).Append(": ").Append(value ?? "-").Append('\n');
}
