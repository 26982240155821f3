using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the ids of running processes that begin with the word, or whose names do, with the names beside them.</summary>
public sealed class ProcessIdCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from process in ProcessList.Names(machine)
        let id = process.Id.ToString(CultureInfo.InvariantCulture)
        where id.StartsWith(typed.Word, StringComparison.Ordinal) || process.Name.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)
        select new Completion(id, id, process.Name.Length == 0 ? "(no name)" : Display.Text(process.Name));
}
