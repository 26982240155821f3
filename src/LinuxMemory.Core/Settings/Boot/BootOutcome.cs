namespace LinuxMemory;

/// <summary>What the next boot makes of one setting.</summary>
public sealed class BootOutcome
{
    /// <summary>The value as it is written where it wins; null when nothing sets it, or when only tuned can compute it.</summary>
    public string? Value { get; init; }

    /// <summary>The place that decides; null when nothing sets it.</summary>
    public SettingSource? Winner { get; init; }

    /// <summary>Every place that names the setting, in the order in which they apply.</summary>
    public IReadOnlyList<SettingSource> Sources { get; init; } = [];

    /// <summary>What sysctl --system of procps would write; null when it writes nothing.</summary>
    public string? SysctlSystemValue { get; init; }
}
