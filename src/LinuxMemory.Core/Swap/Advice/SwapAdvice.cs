namespace LinuxMemory;

/// <summary>How much swap one rule wants for a machine.</summary>
public sealed record SwapAdvice
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>Bytes of swap that the rule wants; null where it gives none, as Reason says.</summary>
    public long? Recommended { get; init; }

    /// <summary>The line of the table that counts for this machine, or what was computed from what.</summary>
    public required string Reason { get; init; }

    /// <summary>The document that the rule comes from, or the kernel's file.</summary>
    public required string Source { get; init; }

    /// <summary>Bytes of swap now; for hibernation without zram, which does not outlive the machine being off.</summary>
    public required long Current { get; init; }

    /// <summary>Bytes of swap to create: Recommended - Current, 0 where less than 1 MiB is missing; null without a recommendation.</summary>
    public long? Missing => Recommended is not long wanted ? null : wanted - Current < 1024 * 1024 ? 0 : wanted - Current;

    /// <summary>Bytes of memory that the rule was applied to. Source: MemTotal.</summary>
    public required long Memory { get; init; }

    /// <summary>True when it was asked for a machine that hibernates.</summary>
    public bool Hibernates { get; init; }
}
