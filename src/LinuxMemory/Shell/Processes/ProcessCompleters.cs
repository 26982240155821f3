using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinuxMemory.Commands;

/// <summary>Offers the ids of running processes, with their names beside them.</summary>
public sealed class ProcessIdCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => ProcessCompletion.Ids(machine, wordToComplete ?? ""));
}

/// <summary>Offers the names of running processes.</summary>
public sealed class ProcessNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => ProcessCompletion.Names(machine, wordToComplete ?? ""));
}
