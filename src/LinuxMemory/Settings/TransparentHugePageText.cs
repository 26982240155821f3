using System.Globalization;
using System.Text;

namespace LinuxMemory.Commands;

/// <summary>The default view of <see cref="TransparentHugePages"/>: the settings, then a line for each size.</summary>
public static class TransparentHugePageText
{
    /// <summary>A few lines of "name: value".</summary>
    public static string Format(TransparentHugePages pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        StringBuilder text = new();
        Append(text, "Enabled", pages.Enabled);
        Append(text, "Defrag", pages.Defrag);
        Append(text, "ShmemEnabled", pages.ShmemEnabled);
        Append(text, "UseZeroPage", pages.UseZeroPage?.ToString());
        Append(text, "PmdSize", Display.Size(pages.PmdSize));
        Append(text, "AnonHugePages", Display.Size(pages.AnonHugePages));
        Append(text, "Khugepaged", pages.Khugepaged.ToString());
        Append(text, "BootParameter", pages.BootParameter);
        Append(text, "AfterBoot", pages.AfterBoot is null ? null : $"{pages.AfterBoot} ({pages.PersistedBy})");
        foreach (TransparentHugePageSize size in pages.Sizes)
        {
            string count = size.Counters.TryGetValue("nr_anon", out long used) ? used.ToString(CultureInfo.InvariantCulture) : "-";
            Append(text, $"  {Display.Size(size.Size)}", $"{size.Enabled ?? "-",-9} shmem {size.ShmemEnabled ?? "-",-12} anonymous pages {count}");
        }
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, string name, string? value) =>
        text.Append(name.PadRight(15)).Append(": ").Append(value ?? "-").Append('\n');
}
