using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the zram devices of the machine.</summary>
public sealed class ZramNameCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) => ZramDevice.Names(machine)
        .Where(name => name.StartsWith(ZramNames.Plain(typed.Word), StringComparison.OrdinalIgnoreCase)).Select(name => new Completion(name, name, "/dev/" + name));
}
