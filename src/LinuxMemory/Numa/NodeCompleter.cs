using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the numbers of the machine's NUMA nodes, with what each has beside them.</summary>
public sealed class NodeCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from node in NumaNodes.Read(machine)
        let number = node.Id.ToString(CultureInfo.InvariantCulture)
        where number.StartsWith(typed.Word, StringComparison.Ordinal)
        select new Completion(number, number, $"CPUs {Display.Ranges(node.Cpus)}, {(node.HasMemory == true ? $"{Display.Size(node.Free)} of {Display.Size(node.Total)} free" : "no memory")}");
}
