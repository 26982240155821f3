using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of capabilities.</summary>
public sealed class MemoryCapabilityNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Names(wordToComplete ?? "").Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, name));

    internal static IEnumerable<string> Names(string word)
    {
        WildcardName pattern = new(word.Trim('\'', '"') + "*");
        return MemoryCapabilities.Names.Where(pattern.IsMatch).Order(StringComparer.OrdinalIgnoreCase);
    }
}
