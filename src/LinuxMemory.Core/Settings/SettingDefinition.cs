namespace LinuxMemory;

/// <summary>What the table memory-settings.json says of one setting, or of a family of them with a * in its name.</summary>
public sealed class SettingDefinition
{
    /// <summary>The setting's name, "vm.swappiness" or "transparent_hugepage.enabled".</summary>
    public required string Name { get; init; }

    /// <summary>How the kernel writes the value.</summary>
    public required SettingType Type { get; init; }

    /// <summary>What the number counts, "pages"; null for plain numbers and words.</summary>
    public string? Unit { get; init; }

    /// <summary>The smallest number that any kernel takes; null when there is none.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest number that any kernel takes; null when there is none.</summary>
    public long? Maximum { get; init; }

    /// <summary>The setting whose presence proves that this kernel has the maximum; null when all kernels have it.</summary>
    public string? MaximumWith { get; init; }

    /// <summary>The words that the newest kernel takes; null for numbers.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>The first kernel that has the setting; null when it is older than 2.6.</summary>
    public string? Since { get; init; }

    /// <summary>The last kernel that has the setting; null when it is still there.</summary>
    public string? Until { get; init; }

    /// <summary>What a wrong value can do.</summary>
    public SettingRisk Risk { get; init; }

    /// <summary>What it does, in one or two sentences; null for a setting that the table does not know.</summary>
    public string? Description { get; init; }

    /// <summary>True when writing has an effect and there is nothing to read.</summary>
    public bool IsTrigger => Type == SettingType.Trigger;

    /// <summary>What is known of a setting that the table does not have: nothing.</summary>
    internal static SettingDefinition Unknown(string name) => new() { Name = name, Type = SettingType.Text, Risk = SettingRisk.Medium };
}

/// <summary>How the kernel writes a setting's value.</summary>
public enum SettingType
{
    /// <summary>Text that is shown as it is.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number of bits that the kernel writes as 0x0007.</summary>
    Mask,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>One of several words: "always [madvise] never".</summary>
    Choice,

    /// <summary>Several numbers in one line.</summary>
    List,

    /// <summary>Nothing to read: writing does something once.</summary>
    Trigger,

    /// <summary>A counter that lies among settings and is none.</summary>
    Statistic,
}

/// <summary>What a wrong value of a setting can do.</summary>
public enum SettingRisk
{
    /// <summary>Costs some speed.</summary>
    Low,

    /// <summary>Can make programs fail or stall.</summary>
    Medium,

    /// <summary>Can stop the machine, or expose it.</summary>
    High,
}
