using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the algorithms by which zram can compress here.</summary>
public sealed class ZramAlgorithmCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) => ZramDevice.AllAlgorithms(machine)
        .Where(name => name.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)).Select(name => new Completion(name, name, name));
}
