namespace LinuxMemory;

/// <summary>What a series of samples says about a process's memory.</summary>
public enum GrowthVerdict
{
    /// <summary>It grows steadily to the end of the series, by more than chance and by enough to matter.</summary>
    Growing,

    /// <summary>It does not grow: whatever trend is left in the samples is too small to matter.</summary>
    Stable,

    /// <summary>It shrinks steadily to the end of the series.</summary>
    Shrinking,

    /// <summary>The samples do not tell: too few, too short for the program's cycles, or a growth that is not steady.</summary>
    Inconclusive,
}
