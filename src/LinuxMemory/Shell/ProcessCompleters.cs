using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the ids of running processes, with their names beside them.</summary>
public sealed class ProcessIdCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ProcessCompleters.Offer(fakeBoundParameters, machine => ProcessCompletion.Ids(machine, wordToComplete ?? ""));
}

/// <summary>Offers the names of running processes.</summary>
public sealed class ProcessNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ProcessCompleters.Offer(fakeBoundParameters, machine => ProcessCompletion.Names(machine, wordToComplete ?? ""));
}

/// <summary>What the completers share: the machine that is meant, and PowerShell's words for an offer.</summary>
internal static class ProcessCompleters
{
    public static IEnumerable<CompletionResult> Offer(IDictionary? bound, Func<Machine, IEnumerable<Completion>> complete)
    {
        try
        {
            Machine machine = bound?["Root"] is string root ? Machine.At(root) : Machine.Live;
            return [.. complete(machine).Select(c => new CompletionResult(c.Text, c.Label, CompletionResultType.ParameterValue, c.Tip))];
        }
        catch (KernelException)
        {
            // Half-typed commands have no errors, only nothing to offer.
            return [];
        }
    }
}
