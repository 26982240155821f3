using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Plans changes of settings: the kernel's value now, and with "persist" the line that sets it at every boot.</summary>
public static class SettingChange
{
    /// <summary>The sysctl.d file that is ours.</summary>
    public const string SysctlFilePath = "etc/sysctl.d/90-linuxmemory.conf";

    /// <summary>The tmpfiles.d file that is ours.</summary>
    public const string TmpfilesPath = "etc/tmpfiles.d/linuxmemory.conf";

    private const string Header = "# Written by Set-MemorySetting and its relatives of the PowerShell module LinuxMemory.\n# Undo-MemoryChange takes lines back; lines written by hand stay.";

    /// <summary>
    /// The changes that give a setting a value, in the order in which they must be made. <paramref name="name"/> and
    /// <paramref name="value"/> have been checked with <see cref="SettingRule"/>. On a tree of files only what persists is planned
    /// when something does.
    /// </summary>
    /// <exception cref="KernelException">The present value cannot be read.</exception>
    public static IReadOnlyList<PlannedChange> Plan(Machine machine, string name, string value, bool persist)
    {
        ArgumentNullException.ThrowIfNull(machine);
        List<PlannedChange> changes = [];
        if (machine.HasKernel || !persist)
        {
            changes.Add(Now(machine, name, value));
        }
        if (persist)
        {
            changes.AddRange(AtBoot(machine, name, value));
        }
        return changes;
    }

    /// <summary>The changes that give a setting a value at every boot, and nothing now.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    internal static IEnumerable<PlannedChange> PlanBoot(Machine machine, string name, string value) => AtBoot(machine, name, value);

    /// <summary>The line of tmpfiles.d that writes a value into a kernel file which is no setting.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    internal static ConfigLineChange TmpfilesLine(Machine machine, string setting, string kernelPath, string value) => new ConfigLineChange
    {
        Path = TmpfilesPath,
        Target = machine.Locate(TmpfilesPath),
        Setting = setting,
        Header = Header,
        Line = $"w! /{kernelPath} - - - - {value}",
        Owns = text => ValueAt(text, kernelPath) is not null,
        ValueOf = text => ValueAt(text, kernelPath)!,
    }.Planned(machine);

    private static PlannedChange Now(Machine machine, string name, string value)
    {
        string path = SettingName.ToPath(name);
        if (SettingTwin.Of(name) is string twin && machine.Exists(SettingName.ToPath(twin)))
        {
            return SettingPairChange.Plan(machine, name, twin, value);
        }
        if (!machine.HasKernel && !machine.Exists(path))
        {
            // An image before its first boot has no kernel files; whoever applies this says what is missing.
            return new KernelFileChange { Path = path, Target = machine.Locate(path), Setting = name, NewValue = value };
        }
        return KernelFileChange.Plan(machine, path, name, value);
    }

    private static IEnumerable<PlannedChange> AtBoot(Machine machine, string name, string value)
    {
        bool isSysctl = SettingName.IsSysctl(name);
        string path = isSysctl ? SysctlFilePath : TmpfilesPath;
        if (SettingTwin.Of(name) is string twin && Line(machine, path, twin, null) is { IsNeeded: true } removal)
        {
            yield return removal;
        }
        ConfigLineChange line = Line(machine, path, name, isSysctl ? $"{name} = {value}" : $"w! /{SettingName.ToPath(name)} - - - - {value}");
        BootOutcome outcome = BootPlan.Read(machine, path, After(machine, line)).For(name);
        SettingSource? winner = outcome.Winner;
        bool isOurs = winner is null || winner.File == line.Target;
        yield return isOurs || KernelValue.AreSame(winner!.Value, value) ? line : line with
        {
            Caution = $"{winner.Place} wins over {line.Target} at boot and gives {name} the value {winner.Value}{(winner.Note is null ? "" : $" ({winner.Note})")}. Change or remove that line for {value} to last.",
        };
    }

    private static ConfigLineChange Line(Machine machine, string path, string name, string? line) => new ConfigLineChange
    {
        Path = path,
        Target = machine.Locate(path),
        Setting = name,
        Header = Header,
        Line = line,
        Owns = text => ValueIn(text, name) is not null,
        ValueOf = text => ValueIn(text, name)!,
    }.Planned(machine);

    // The value that a line of one of our files gives the setting; null when it gives none.
    private static string? ValueIn(string text, string name)
    {
        if (SettingName.IsSysctl(name))
        {
            return SysctlFile.Parse(text, "", 0) is SysctlLine line && line.Key == SettingName.Swap(name) ? line.Value : null;
        }
        return ValueAt(text, SettingName.ToPath(name));
    }

    private static string? ValueAt(string text, string kernelPath) =>
        TmpfilesPlan.Parse(text, "", 0) is TmpfilesLine write && write.Path == kernelPath ? write.Value : null;

    private static byte[]? After(Machine machine, ConfigLineChange line)
    {
        byte[]? bytes = machine.TryReadBytes(line.Path);
        return line.Edit is null ? bytes : line.Edit.Apply(bytes);
    }
}
