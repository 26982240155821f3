using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers sizes that are computed from memory, with what they come to here.</summary>
public sealed class ZramSizeCompleter : MachineCompleter
{
    private static readonly string[] Sizes = ["ram/4", "ram/2", "ram", "min(ram/2, 4GiB)", "min(ram, 8GiB)"];

    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed)
    {
        long memory = MemInfoFile.Read(machine).MemTotal;
        return Sizes.Where(size => size.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase))
            .Select(size => new Completion(size, size, Display.Size(SizeExpression.Evaluate(size, memory))));
    }
}
