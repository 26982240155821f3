namespace LinuxMemory;

/// <summary>The stages in which a starting machine sets its settings.</summary>
internal enum BootStage
{
    KernelCommandLine,
    Sysctl,
    Tmpfiles,
    Tuned,
    Reapplied,
}

/// <summary>One write into a setting's file at boot, with its place in the order of all writes of its stage.</summary>
internal sealed record BootWrite(BootStage Stage, int Order, string File, int Line, string Value)
{
    /// <summary>What is special about it.</summary>
    public string? Note { get; init; }

    /// <summary>True when the value cannot be known from the text.</summary>
    public bool IsComputed { get; init; }

    /// <summary>The write as a place that people look at.</summary>
    public SettingSource Source(SettingSourceState state) => new()
    {
        Kind = Stage switch
        {
            BootStage.KernelCommandLine => SettingSourceKind.KernelCommandLine,
            BootStage.Tmpfiles => SettingSourceKind.Tmpfiles,
            BootStage.Tuned => SettingSourceKind.Tuned,
            _ => SettingSourceKind.Sysctl,
        },
        File = File,
        Line = Line,
        Value = Value,
        State = state,
        Note = Note,
    };
}
