using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the compressors that the kernel has loaded.</summary>
public sealed class CompressorCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) => Zswap.Compressors(machine)
        .Where(name => name.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)).Select(name => new Completion(name, name, name));
}
