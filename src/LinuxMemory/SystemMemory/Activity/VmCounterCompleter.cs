using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of the machine's counters, with what they count beside them.</summary>
public sealed class VmCounterCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardName pattern = new((wordToComplete ?? "").Trim('\'', '"') + "*");
        return Completers.Offer(fakeBoundParameters, machine => VmCounters.Read(machine)
            .Where(counter => pattern.IsMatch(counter.Name))
            .Select(counter => new Completion(counter.Name, counter.Name, counter.Description ?? counter.Name)));
    }
}
