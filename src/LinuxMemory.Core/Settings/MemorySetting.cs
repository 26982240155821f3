namespace LinuxMemory;

/// <summary>One memory setting of a machine: its value now, what it may be, and what it will be after the next boot.</summary>
public sealed class MemorySetting
{
    /// <summary>The name, "vm.swappiness", "transparent_hugepage.enabled" or "ksm.run".</summary>
    public required string Name { get; init; }

    /// <summary>The value: a number (long), true or false, a word, or text; null when it cannot be read (see Access).</summary>
    public object? Value { get; init; }

    /// <summary>What the number counts, "pages"; null for plain numbers and words.</summary>
    public string? Unit { get; init; }

    /// <summary>The smallest number that the kernel takes; null when there is none.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest number that this kernel takes; null when there is none, or when only the kernel knows.</summary>
    public long? Maximum { get; init; }

    /// <summary>The words that this kernel takes; null for numbers and text.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>What it does; null for a setting that is newer than this module.</summary>
    public string? Description { get; init; }

    /// <summary>The absolute path of the kernel's file.</summary>
    public required string Path { get; init; }

    /// <summary>The value that the configuration gives it at the next boot; null when nothing sets it and the kernel's own value holds.</summary>
    public object? AfterBoot { get; init; }

    /// <summary>The file and line that win at the next boot, "/etc/sysctl.d/90-linuxmemory.conf:3"; null when nothing sets it.</summary>
    public string? PersistedBy { get; init; }

    /// <summary>Every place that sets it, in the order in which they apply; empty when there is none.</summary>
    public IReadOnlyList<SettingSource> Sources { get; init; } = [];

    /// <summary>The value that "sysctl --system" would give it now, where that is not what the next boot gives; null otherwise.</summary>
    public object? AfterSysctlSystem { get; init; }

    /// <summary>True when the next boot will give it another value than it has now.</summary>
    public bool IsDrifted { get; init; }

    /// <summary>True when the kernel takes a new value from root. In a tree of files modes say nothing, so it follows the table.</summary>
    public bool IsWritable { get; init; }

    /// <summary>Whether the value could be read.</summary>
    public SettingAccess Access { get; init; }

    /// <summary>The first kernel that has the setting; null when it is older than 2.6 or not known.</summary>
    public string? Since { get; init; }

    /// <summary>What a wrong value can do.</summary>
    public SettingRisk Risk { get; init; }

    /// <summary>The setting's name.</summary>
    public override string ToString() => Name;
}

/// <summary>Whether a setting's value could be read.</summary>
public enum SettingAccess
{
    /// <summary>It was read.</summary>
    Full,

    /// <summary>There is nothing to read: writing does something once.</summary>
    WriteOnly,

    /// <summary>Only root may read it.</summary>
    Denied,

    /// <summary>The kernel has it and fails to show it.</summary>
    Unreadable,
}
