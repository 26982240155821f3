using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Words of the view of changes.</summary>
public static class ChangeText
{
    /// <summary>The day and minute in local time, "2026-01-31 14:03".</summary>
    public static string Time(object? time) =>
        Display.Moment(time) is DateTimeOffset moment ? moment.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "-";

    /// <summary>"undone", "begun" for a change whose end was not recorded, "undoes 3", or nothing.</summary>
    public static string Fate(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Shown.Value(item, nameof(MemoryChange.IsUndone)) is true ? "undone"
            : Shown.Text(item, nameof(MemoryChange.State)) == nameof(ChangeState.Begun) ? "begun"
            : Shown.Number(item, nameof(MemoryChange.Undoes)) is long id ? $"undoes {id}"
            : "";
    }
}
