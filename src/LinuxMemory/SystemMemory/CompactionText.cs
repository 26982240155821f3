using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Words of the view of compaction.</summary>
public static class CompactionText
{
    /// <summary>The gained blocks of each order from 0, as in buddyinfo: "-120 -40 +12 +8".</summary>
    public static string Gained(object? item) => item is MemoryCompaction compaction
        ? string.Join(' ', compaction.Gained.Select(blocks => blocks.ToString("+0;-0;0", CultureInfo.InvariantCulture)))
        : "";

    /// <summary>The unusable index of the largest order before and after: "0.62 > 0.31".</summary>
    public static string Unusable(object? item) => item is MemoryCompaction { Before.Count: > 0, After.Count: > 0 } compaction
        ? string.Create(CultureInfo.InvariantCulture, $"{compaction.Before[^1].UnusableIndex:0.00} > {compaction.After[^1].UnusableIndex:0.00}")
        : "-";
}
