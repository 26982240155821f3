using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Words of the view of compaction.</summary>
public static class CompactionText
{
    /// <summary>The gained blocks of each order from 0, as in buddyinfo: "-120 -40 +12 +8".</summary>
    public static string Gained(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return string.Join(' ', Shown.Items(item, nameof(MemoryCompaction.Gained))
            .Select(blocks => Convert.ToInt64(blocks, CultureInfo.InvariantCulture).ToString("+0;-0;0", CultureInfo.InvariantCulture)));
    }

    /// <summary>The unusable index of the largest order before and after: "0.62 > 0.31".</summary>
    public static string Unusable(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Last(item, nameof(MemoryCompaction.Before)) is double before && Last(item, nameof(MemoryCompaction.After)) is double after
            ? string.Create(CultureInfo.InvariantCulture, $"{before:0.00} > {after:0.00}")
            : "-";
    }

    private static double? Last(object item, string orders) =>
        Shown.Items(item, orders).LastOrDefault() is object order ? Shown.Fraction(order, nameof(MemoryFragmentation.UnusableIndex)) : null;
}
