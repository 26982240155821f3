using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>A cmdlet that sets settings: every name and value is checked before the first thing is changed.</summary>
public abstract class SettingCmdlet : ChangeCmdlet
{
    /// <summary>Also write what sets it at every boot: /etc/sysctl.d/90-linuxmemory.conf or /etc/tmpfiles.d/linuxmemory.conf.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>The changes that give a setting a value.</summary>
    /// <exception cref="MemoryErrorException">The name or the value cannot be.</exception>
    private protected IReadOnlyList<PlannedChange> Plan(string name, string value)
    {
        if (!SettingName.IsValid(name))
        {
            throw new MemoryErrorException(SettingErrors.NameInvalid(name));
        }
        string normal = SettingName.Normalize(name);
        string path = SettingName.ToPath(normal);
        SettingDefinition? known = SettingTable.Find(normal);
        bool persist = IsOn(Persist);
        // An image before its first boot has no kernel files to look for.
        if (!MemorySettings.Names(Machine).Contains(normal) && (Machine.HasKernel || known is null || known.Type == SettingType.Statistic))
        {
            throw new MemoryErrorException(SettingErrors.NotFound(name));
        }
        if (known is { IsTrigger: true })
        {
            throw new MemoryErrorException(SettingErrors.IsTrigger(normal));
        }
        // The kernel shows values that it does not take, such as 0 for the one of dirty_bytes and dirty_ratio that does not count.
        if (Machine.HasKernel && !persist && KernelValue.AreSame(Machine.TryReadValue(path), value))
        {
            Shell.Verbose($"{normal} is {value} already.");
            return [];
        }
        if (Machine.HasKernel && !Machine.IsWritable(path))
        {
            throw new MemoryErrorException(SettingErrors.ReadOnly(normal, Machine.Locate(path)));
        }
        string? text = SettingRule.Check(Machine, normal, value, out string expected);
        return text is null
            ? throw new MemoryErrorException(SettingErrors.ValueInvalid(normal, value, expected))
            : SettingChange.Plan(Machine, normal, text, persist);
    }
}
