namespace LinuxMemory;

/// <summary>One place that sets a setting when the machine starts.</summary>
public sealed class SettingSource
{
    /// <summary>Who reads the place.</summary>
    public required SettingSourceKind Kind { get; init; }

    /// <summary>The absolute path of the file.</summary>
    public required string File { get; init; }

    /// <summary>The line in it, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The value as it is written there; null for a line that keeps patterns from setting it ("-vm.swappiness").</summary>
    public string? Value { get; init; }

    /// <summary>What becomes of it.</summary>
    public SettingSourceState State { get; init; }

    /// <summary>Why it does not win, or what is special; null when nothing is.</summary>
    public string? Note { get; init; }

    /// <summary>File and line, "/etc/sysctl.d/90-linuxmemory.conf:3".</summary>
    public string Place => $"{File}:{Line}";

    /// <summary>"/etc/sysctl.d/90-linuxmemory.conf:3 = 10 (Wins)".</summary>
    public override string ToString() => $"{Place}{(Value is null ? "" : $" = {Value}")} ({State}{(Note is null ? "" : $": {Note}")})";
}

/// <summary>Who reads a place that sets a setting.</summary>
public enum SettingSourceKind
{
    /// <summary>The kernel itself, from its command line.</summary>
    KernelCommandLine,

    /// <summary>systemd-sysctl, or sysctl --system where there is no systemd.</summary>
    Sysctl,

    /// <summary>systemd-tmpfiles, lines of type w.</summary>
    Tmpfiles,

    /// <summary>The active profile of tuned.</summary>
    Tuned,
}

/// <summary>What becomes of a place at the next boot.</summary>
public enum SettingSourceState
{
    /// <summary>Another place comes later, or has precedence.</summary>
    Overridden,

    /// <summary>It decides the value.</summary>
    Wins,

    /// <summary>A file of the same name in a directory of higher precedence hides the whole file.</summary>
    Masked,

    /// <summary>The boot does not read it; Note says who does.</summary>
    NotAtBoot,
}
