using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the numbers of the journal's changes, newest first; for Undo-MemoryChange those that can be taken back.</summary>
public sealed class ChangeIdCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed)
    {
        bool onlyUndoable = string.Equals(typed.Name, "Undo-MemoryChange", StringComparison.OrdinalIgnoreCase);
        return from change in ChangeJournal.Of(machine).Read(static _ => { }).Reverse()
               let id = change.Id.ToString(CultureInfo.InvariantCulture)
               where id.StartsWith(typed.Word, StringComparison.Ordinal) && (!onlyUndoable || change.CanUndo || change is { Undoes: not null, IsUndone: false })
               select new Completion(id, $"{id} {change.Setting}", $"{ChangeText.Time(change.Time)} {change.Setting}: {change.OldValue ?? "-"} -> {change.NewValue ?? "-"}");
    }
}
