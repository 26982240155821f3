using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the paths of swap areas, with their size beside them.</summary>
public sealed class SwapAreaCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from area in SwapAreas.Read(machine, _ => { })
        where area.Path.StartsWith(typed.Word, StringComparison.Ordinal)
        select new Completion(area.Path, area.Path, $"{Display.Size(area.Size)}, {(area.IsActive ? "in use" : "not in use")}");
}
