using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-MemorySetting: every knob of the kernel's memory management, what it may be, who sets it and what the next boot makes of it.</summary>
[Cmdlet(VerbsCommon.Get, "MemorySetting")]
[OutputType(typeof(MemorySetting))]
public sealed class GetMemorySettingCommand : MemoryCmdlet
{
    private IReadOnlyList<string>? _names;
    private BootPlan? _boot;

    /// <summary>Only settings with a name like one of these; wildcards are permitted, slashes may stand for dots.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        _names ??= MemorySettings.Names(Machine);
        _boot ??= ReadBoot();
        if (Name is null)
        {
            Write(_names);
        }
        foreach (string name in Name ?? [])
        {
            PerItem(name, () => WriteLike(name));
        }
    }

    private void WriteLike(string name)
    {
        WildcardName pattern = new(SettingName.Normalize(name));
        List<string> found = [.. _names!.Where(pattern.IsMatch)];
        if (found.Count == 0 && !pattern.HasWildcard)
        {
            throw new MemoryErrorException(SettingErrors.NotFound(name));
        }
        Write(found);
    }

    private void Write(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            PerItem(name, () => Write(MemorySettings.Read(Machine, name, _boot!)));
        }
    }

    private void Write(MemorySetting setting)
    {
        if (setting.AfterSysctlSystem is object other)
        {
            Shell.Verbose($"{setting.Name}: the next boot gives {Text(setting.AfterBoot)}, 'sysctl --system' would give {Text(other)}.");
        }
        Shell.Write(setting);
    }

    private BootPlan ReadBoot()
    {
        BootPlan boot = BootPlan.Read(Machine);
        foreach (string file in boot.Unreadable)
        {
            Shell.Warn($"{file} cannot be read, so what it sets at boot is not known here. Run as root to see it.");
        }
        return boot;
    }

    private static string Text(object? value) => value is null ? "the kernel's own value" : SettingValue.Format(value);
}
