using System.Text.Json.Serialization;

namespace LinuxMemory;

/// <summary>A change that was made, as the journal keeps it.</summary>
public sealed record MemoryChange
{
    /// <summary>The change's number in the journal, from 1; 0 when the journal could not be written.</summary>
    public long Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who made it: the user's name; under sudo the one who called sudo.</summary>
    public required string User { get; init; }

    /// <summary>What was changed: an absolute path, or a thing such as "process 42".</summary>
    public required string Target { get; init; }

    /// <summary>The setting's name, such as "vm.swappiness".</summary>
    public required string Setting { get; init; }

    /// <summary>The value before; null when there was none.</summary>
    public string? OldValue { get; init; }

    /// <summary>The value after, as it was read back; null when there is none.</summary>
    public string? NewValue { get; init; }

    /// <summary>How long the change lasts.</summary>
    public required ChangeScope Scope { get; init; }

    /// <summary>The file that keeps it; null for a runtime change.</summary>
    public string? PersistedTo { get; init; }

    /// <summary>How far it came.</summary>
    public required ChangeState State { get; init; }

    /// <summary>The number of the change that this one took back; null when it is no undo.</summary>
    public long? Undoes { get; init; }

    /// <summary>True when it has been taken back since.</summary>
    [JsonIgnore]
    public bool IsUndone { get; init; }

    /// <summary>True when there is something to take back: it is in effect, has a way back, and is no undo, which Undo-MemoryChange takes back when it is named.</summary>
    [JsonIgnore]
    public bool CanUndo { get; init; }

    /// <summary>The start of the machine during which it was made. Source: /proc/sys/kernel/random/boot_id.</summary>
    [JsonInclude]
    internal string? Boot { get; init; }

    /// <summary>The change that takes it back; null when nothing can.</summary>
    [JsonInclude]
    internal PlannedChange? Reverse { get; init; }
}
