namespace LinuxMemory.Commands;

/// <summary>How the views of settings write a setting's parts.</summary>
public static class SettingText
{
    /// <summary>The value as the kernel takes it; what is write-only or denied says so.</summary>
    public static string Value(object setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Shown.Value(setting, nameof(MemorySetting.Value)) is object value ? SettingValue.Format(value) : $"({Shown.Text(setting, nameof(MemorySetting.Access))})";
    }

    /// <summary>A value as it is written; "-" for none.</summary>
    public static string Plain(object? value) => value is null ? "-" : SettingValue.Format(value);

    /// <summary>"yes" when the next boot changes it; "-" otherwise.</summary>
    public static string Drift(object setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Shown.Value(setting, nameof(MemorySetting.IsDrifted)) is true ? "yes" : "-";
    }
}
