using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinuxMemory.Commands;

/// <summary>Offers the paths of swap areas, with their size beside them.</summary>
public sealed class SwapAreaCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine =>
            from area in SwapAreas.Read(machine, _ => { })
            where area.Path.StartsWith((wordToComplete ?? "").Trim('\'', '"'), StringComparison.Ordinal)
            select new Completion(CommandText.Quote(area.Path), area.Path, $"{Display.Size(area.Size)}, {(area.IsActive ? "in use" : "not in use")}"));
}
