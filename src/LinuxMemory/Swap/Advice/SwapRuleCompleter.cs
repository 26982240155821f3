using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinuxMemory.Commands;

/// <summary>Offers the rules of Get-SwapAdvice, with what they look at beside them.</summary>
public sealed class SwapRuleCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Names(wordToComplete ?? "").Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, $"{name}: {SwapRules.Summary(name)}"));

    internal static IEnumerable<string> Names(string word)
    {
        WildcardName pattern = new(word.Trim('\'', '"') + "*");
        return SwapRules.Names.Where(pattern.IsMatch);
    }
}
