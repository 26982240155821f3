using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of the settings that the kernel has, with what they do beside them.</summary>
public sealed class SettingNameCompleter : MachineCompleter
{
    /// <summary>Names that begin with the word, or hold it behind a dot: "swapp" offers vm.swappiness.</summary>
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from name in MemorySettings.Names(machine)
        where name.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase) || name.Contains('.' + typed.Word, StringComparison.OrdinalIgnoreCase)
        select new Completion(name, name, SettingTable.Find(name)?.Description ?? name);
}
