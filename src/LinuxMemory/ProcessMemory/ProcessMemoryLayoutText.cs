using System.Collections;
using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessMemoryLayout"/>.</summary>
public static class ProcessMemoryLayoutText
{
    private const int KindsShown = 4;

    /// <summary>The process: "4711 (bash)".</summary>
    public static string Process(object layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return string.Create(CultureInfo.InvariantCulture, $"{Shown.Value(layout, nameof(ProcessMemoryLayout.Id))} ({Display.Text(Shown.Value(layout, nameof(ProcessMemoryLayout.Name)))})");
    }

    /// <summary>Where the program's code is.</summary>
    public static string Code(object layout) => Stretch(layout, nameof(ProcessMemoryLayout.StartCode), nameof(ProcessMemoryLayout.EndCode));

    /// <summary>Where variables with a value are.</summary>
    public static string Data(object layout) => Stretch(layout, nameof(ProcessMemoryLayout.StartData), nameof(ProcessMemoryLayout.EndData));

    /// <summary>Where the heap of brk is.</summary>
    public static string Heap(object layout) => Stretch(layout, nameof(ProcessMemoryLayout.StartBrk), nameof(ProcessMemoryLayout.Brk));

    /// <summary>Where the arguments are.</summary>
    public static string Arguments(object layout) => Stretch(layout, nameof(ProcessMemoryLayout.ArgStart), nameof(ProcessMemoryLayout.ArgEnd));

    /// <summary>Where the environment is.</summary>
    public static string Environment(object layout) => Stretch(layout, nameof(ProcessMemoryLayout.EnvStart), nameof(ProcessMemoryLayout.EnvEnd));

    /// <summary>The largest kinds: "Anonymous 2.1 GiB in 61, Heap ...".</summary>
    public static string Kinds(object layout)
    {
        object[] kinds = Items(layout, nameof(ProcessMemoryLayout.Kinds));
        string largest = string.Join(", ", kinds.Take(KindsShown).Select(kind =>
            $"{Shown.Text(kind, nameof(ProcessMemoryKindTotal.Kind))} {Display.Size(Shown.Value(kind, nameof(ProcessMemoryKindTotal.Size)))}"));
        return kinds.Length == 0 ? "-" : kinds.Length > KindsShown ? $"{largest} and {kinds.Length - KindsShown} more" : largest;
    }

    /// <summary>How many gaps there are and the largest: "12, the largest 127 TiB".</summary>
    public static string Gaps(object layout)
    {
        object[] gaps = Items(layout, nameof(ProcessMemoryLayout.Gaps));
        return gaps.Length == 0 ? "0" : $"{gaps.Length}, the largest {Display.Size(gaps.Max(gap => Shown.Number(gap, nameof(ProcessMemoryGap.Size))))}";
    }

    private static object[] Items(object layout, string property) =>
        layout is not null && Shown.Value(layout, property) is IEnumerable items ? [.. items.Cast<object>()] : [];

    private static string Stretch(object layout, string start, string end)
    {
        ArgumentNullException.ThrowIfNull(layout);
        object? first = Shown.Value(layout, start);
        return first is null ? "-" : $"{Display.Address(first)}-{Display.Address(Shown.Value(layout, end))}";
    }
}
