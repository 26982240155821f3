using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Words of the view of changes.</summary>
public static class ChangeText
{
    /// <summary>The day and minute in local time, "2026-01-31 14:03".</summary>
    public static string Time(object? time) =>
        time is DateTimeOffset moment ? moment.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "-";

    /// <summary>"undone", "begun" for a change whose end was not recorded, "undo of 3", or nothing.</summary>
    public static string Fate(object? item) => item switch
    {
        MemoryChange { IsUndone: true } => "undone",
        MemoryChange { State: ChangeState.Begun } => "begun",
        MemoryChange { Undoes: long id } => $"undo of {id}",
        _ => "",
    };
}
