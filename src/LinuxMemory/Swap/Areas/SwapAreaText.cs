using System.Collections;

namespace LinuxMemory.Commands;

/// <summary>What the views write about swap areas.</summary>
public static class SwapAreaText
{
    /// <summary>File, Partition or Zram; in parentheses when it is not in use.</summary>
    public static string Kind(object area)
    {
        string kind = Shown.Text(area, nameof(SwapArea.Kind)) ?? "-";
        return IsActive(area) ? kind : $"({kind})";
    }

    /// <summary>The bytes in use; "-" for an area not in use.</summary>
    public static string Used(object area) => IsActive(area) ? Display.Size(Shown.Number(area, nameof(SwapArea.Used))) : "-";

    /// <summary>The file that names it for the boot, with the line, without its directory: "fstab:7"; "-" for none.</summary>
    public static string Boot(object area) => Display.Text(Path.GetFileName(Shown.Text(area, nameof(SwapArea.PersistedBy))));

    /// <summary>How many warnings there are; empty for none.</summary>
    public static string Warnings(object area) =>
        Shown.Value(area, nameof(SwapArea.Warnings)) is IEnumerable all && all.Cast<object>().Count() is int count and > 0 ? $"{count}" : "";

    private static bool IsActive(object area) => Shown.Text(area, nameof(SwapArea.IsActive)) == bool.TrueString;
}
