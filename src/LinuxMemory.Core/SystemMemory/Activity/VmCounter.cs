namespace LinuxMemory;

/// <summary>One counter of /proc/vmstat with what it counts.</summary>
public sealed record VmCounter
{
    /// <summary>The kernel's name, such as "pgmajfault".</summary>
    public required string Name { get; init; }

    /// <summary>The value, in the unit.</summary>
    public required long Value { get; init; }

    /// <summary>pages, huge pages, KiB, events, objects, nodes or threads; null for a counter that this version does not know.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether the value is a level or counts up from boot.</summary>
    public required VmCounterKind Kind { get; init; }

    /// <summary>What is counted, in a sentence; null for a counter that this version does not know.</summary>
    public string? Description { get; init; }
}

/// <summary>Whether a value is a level or a sum.</summary>
public enum VmCounterKind
{
    /// <summary>The level now: it rises and falls.</summary>
    Gauge,

    /// <summary>Counts up from boot: the difference of two readings says what happened between.</summary>
    Counter,
}
