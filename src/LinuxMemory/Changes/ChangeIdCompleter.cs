using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the numbers of the journal's changes, newest first; those that can be taken back where that is meant.</summary>
public sealed class ChangeIdCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine =>
            Ids(machine, wordToComplete ?? "", onlyUndoable: string.Equals(commandName, "Undo-MemoryChange", StringComparison.OrdinalIgnoreCase)));

    internal static IEnumerable<Completion> Ids(Machine machine, string word, bool onlyUndoable) =>
        from change in ChangeJournal.Of(machine).Read(static _ => { }).Reverse()
        let id = change.Id.ToString(CultureInfo.InvariantCulture)
        where id.StartsWith(word, StringComparison.Ordinal) && (!onlyUndoable || change.CanUndo || change is { Undoes: not null, IsUndone: false })
        select new Completion(id, $"{id} {change.Setting}", $"{ChangeText.Time(change.Time)} {change.Setting}: {change.OldValue ?? "-"} -> {change.NewValue ?? "-"}");
}
