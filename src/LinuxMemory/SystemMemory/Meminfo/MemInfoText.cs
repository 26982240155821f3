using System.Text;

namespace LinuxMemory.Commands;

/// <summary>The default view of <see cref="MemInfo"/>: what free -h shows, in its arrangement.</summary>
public static class MemInfoText
{
    /// <summary>A header, a line Mem, a line Swap, and a line Limit inside a limited cgroup.</summary>
    public static string Format(object memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        string Size(string property) => Display.Size(Shown.Value(memory, property));
        StringBuilder text = new();
        Append(text, "", "total", "used", "free", "shared", "buff/cache", "available");
        Append(text, "Mem:", Size(nameof(MemInfo.MemTotal)), Size(nameof(MemInfo.Used)), Size(nameof(MemInfo.MemFree)),
            Size(nameof(MemInfo.Shmem)), Size(nameof(MemInfo.BuffCache)), Size(nameof(MemInfo.MemAvailable)));
        Append(text, "Swap:", Size(nameof(MemInfo.SwapTotal)), Size(nameof(MemInfo.SwapUsed)), Size(nameof(MemInfo.SwapFree)));
        if (Shown.Value(memory, nameof(MemInfo.EffectiveTotal)) is not null)
        {
            Append(text, "Limit:", Size(nameof(MemInfo.EffectiveTotal)), "", "", "", "", Size(nameof(MemInfo.EffectiveAvailable)));
        }
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, string row, params string[] cells)
    {
        text.Append(row.PadRight(7)); // 79 columns in all: a terminal of 80 must not wrap
        foreach (string cell in cells)
        {
            text.Append(cell.PadLeft(12));
        }
        text.Append('\n');
    }
}
