using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of capabilities.</summary>
public sealed class MemoryCapabilityNameCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) => MemoryCapabilities.Names
        .Where(new WildcardName(typed.Word + "*").IsMatch).Order(StringComparer.OrdinalIgnoreCase).Select(name => new Completion(name, name, name));
}
