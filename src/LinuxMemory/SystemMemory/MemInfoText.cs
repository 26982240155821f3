using System.Text;

namespace LinuxMemory.Commands;

/// <summary>The default view of <see cref="MemInfo"/>: what free -h shows, in its arrangement.</summary>
public static class MemInfoText
{
    /// <summary>A header, a line Mem, a line Swap, and a line Limit inside a limited cgroup.</summary>
    public static string Format(MemInfo memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        StringBuilder text = new();
        Append(text, "", "total", "used", "free", "shared", "buff/cache", "available");
        Append(text, "Mem:", Display.Size(memory.MemTotal), Display.Size(memory.Used), Display.Size(memory.MemFree),
            Display.Size(memory.Shmem), Display.Size(memory.BuffCache), Display.Size(memory.MemAvailable));
        Append(text, "Swap:", Display.Size(memory.SwapTotal), Display.Size(memory.SwapUsed), Display.Size(memory.SwapFree));
        if (memory.EffectiveTotal is not null)
        {
            Append(text, "Limit:", Display.Size(memory.EffectiveTotal), "", "", "", "", Display.Size(memory.EffectiveAvailable));
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
