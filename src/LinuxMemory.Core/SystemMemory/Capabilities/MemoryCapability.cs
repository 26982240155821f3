namespace LinuxMemory;

/// <summary>One feature of a machine's kernel that the module uses: whether it is here, why not, and what is used instead.</summary>
public sealed record MemoryCapability
{
    /// <summary>The feature, for example "SmapsRollup".</summary>
    public required string Name { get; init; }

    /// <summary>True when a trial showed it; false when it is absent or denied; null where that cannot be told, as on a tree of files.</summary>
    public required bool? IsAvailable { get; init; }

    /// <summary>Why it is not available, or what must still be done to use it; null when there is nothing to say.</summary>
    public required string? Reason { get; init; }

    /// <summary>What it takes: the kernel version, the build option, the privilege.</summary>
    public required string Requires { get; init; }

    /// <summary>What the module does without it.</summary>
    public required string Fallback { get; init; }
}
