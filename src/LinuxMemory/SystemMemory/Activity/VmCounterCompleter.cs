using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of the machine's counters, with what they count beside them.</summary>
public sealed class VmCounterCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed)
    {
        WildcardName pattern = new(typed.Word + "*");
        return VmCounters.Read(machine).Where(counter => pattern.IsMatch(counter.Name))
            .Select(counter => new Completion(counter.Name, counter.Name, counter.Description ?? counter.Name));
    }
}
