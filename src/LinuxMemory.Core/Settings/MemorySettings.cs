using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>All memory settings of a machine: proc/sys/vm, some of proc/sys/kernel, sys/kernel/mm, and zswap.</summary>
public static class MemorySettings
{
    private const string HugePageFolder = "sys/kernel/mm/transparent_hugepage";

    // Where only some of the names are ours.
    private static readonly string[] KernelPrefixes = ["numa_balancing", "shm"];

    private static readonly string[] Folders =
    [
        "proc/sys/vm", "sys/kernel/mm/ksm", "sys/kernel/mm/lru_gen", "sys/kernel/mm/mempolicy/weighted_interleave", "sys/kernel/mm/numa",
        "sys/kernel/mm/swap", HugePageFolder, $"{HugePageFolder}/khugepaged", "sys/module/zswap/parameters",
    ];

    /// <summary>The names of the settings that this kernel has, in ordinal order; counters that lie among them are left out.</summary>
    public static IReadOnlyList<string> Names(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        List<string> names = [];
        foreach (string folder in Folders)
        {
            Add(machine, folder, names);
        }
        foreach (string size in Listed(machine, HugePageFolder).Where(name => name.StartsWith("hugepages-", StringComparison.Ordinal)))
        {
            Add(machine, $"{HugePageFolder}/{size}", names);
        }
        names.AddRange(Listed(machine, "proc/sys/kernel")
            .Where(name => KernelPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(name => "kernel." + SettingName.Swap(name)));
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The settings of the given names, one by one as they are read, with what <paramref name="boot"/> will make of them.</summary>
    public static IEnumerable<MemorySetting> Read(Machine machine, IEnumerable<string> names, BootPlan boot)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(boot);
        return names.Select(name => Read(machine, name, boot));
    }

    /// <summary>One setting with what <paramref name="boot"/> will make of it.</summary>
    /// <exception cref="KernelException">The kernel does not have it.</exception>
    public static MemorySetting Read(Machine machine, string name, BootPlan boot)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(boot);
        SettingDefinition definition = SettingTable.Find(name) ?? SettingDefinition.Unknown(name);
        string path = SettingName.ToPath(name);
        bool isWritable = !machine.IsLive || machine.IsWritable(path);
        string? text = ReadText(machine, path, definition, out SettingAccess access);
        object? value = text is null ? null : SettingValue.Parse(definition.Type, text);
        BootOutcome outcome = boot.For(name);
        object? afterBoot = outcome.Value is null ? null : SettingValue.Parse(definition.Type, outcome.Value);
        object? afterSysctl = outcome.SysctlSystemValue is null ? null : SettingValue.Parse(definition.Type, outcome.SysctlSystemValue);
        return new MemorySetting
        {
            Name = name,
            Value = value,
            Unit = definition.Unit,
            Minimum = definition.Minimum,
            Maximum = MaximumOf(machine, definition),
            Allowed = (text is null ? null : SettingValue.Choices(text)) ?? definition.Allowed,
            Description = definition.Description,
            Path = machine.Locate(path),
            AfterBoot = afterBoot,
            PersistedBy = outcome.Winner?.Place,
            Sources = new ReadableList<SettingSource>([.. outcome.Sources]),
            AfterSysctlSystem = SettingValue.AreSame(afterBoot, afterSysctl) ? null : afterSysctl,
            IsDrifted = afterBoot is not null && value is not null && !SettingValue.AreSame(value, afterBoot),
            IsWritable = isWritable,
            Access = access,
            Since = definition.Since,
            Risk = definition.Risk,
        };
    }

    /// <summary>The largest number that this kernel takes; null when there is none, or when only the kernel knows.</summary>
    internal static long? MaximumOf(Machine machine, SettingDefinition definition) =>
        definition.MaximumWith is null || machine.Exists(SettingName.ToPath(definition.MaximumWith)) ? definition.Maximum : null;

    private static string? ReadText(Machine machine, string path, SettingDefinition definition, out SettingAccess access)
    {
        if (definition.IsTrigger)
        {
            // Even reading stat_refresh does what it says.
            access = SettingAccess.WriteOnly;
            return null;
        }
        try
        {
            string text = machine.ReadText(path);
            access = SettingAccess.Full;
            return text;
        }
        catch (KernelException e) when (!e.IsAbsent)
        {
            access = e.IsDenied ? SettingAccess.Denied : SettingAccess.Unreadable;
            return null;
        }
    }

    private static void Add(Machine machine, string folder, List<string> names)
    {
        foreach (string file in Listed(machine, folder))
        {
            string path = $"{folder}/{file}";
            string name = SettingName.FromPath(path)!;
            if (SettingTable.Find(name) is SettingDefinition known ? known.Type != SettingType.Statistic : IsSetting(machine, path))
            {
                names.Add(name);
            }
        }
    }

    // What the table does not know is a setting when it is a file that can be written; modes in a tree say nothing.
    private static bool IsSetting(Machine machine, string path)
    {
        if (machine.IsLive)
        {
            return machine.IsWritable(path);
        }
        try
        {
            machine.Read(path).Dispose();
            return true;
        }
        catch (KernelException)
        {
            return false;
        }
    }

    private static IReadOnlyList<string> Listed(Machine machine, string folder)
    {
        try
        {
            return machine.List(folder);
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied)
        {
            return [];
        }
    }
}
