using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers what a parameter can be on the machine that is meant: this one, or the tree at -Root.</summary>
public abstract class MachineCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            Machine machine = fakeBoundParameters?["Root"] is string root ? Machine.At(root) : Machine.Live;
            TypedCommand typed = new(wordToComplete ?? "", commandName ?? "", fakeBoundParameters);
            return [.. Complete(machine, typed).Select(offer => new CompletionResult(offer.Text, offer.Label, CompletionResultType.ParameterValue, offer.Tip))];
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            // Half-typed commands have no errors, only nothing to offer.
            return [];
        }
    }

    /// <summary>The offers as they are inserted, in quotes where they need them.</summary>
    internal IEnumerable<Completion> Complete(Machine machine, TypedCommand typed)
    {
        string word = typed.Word.Trim('\'', '"').Replace("''", "'", StringComparison.Ordinal);
        return Offers(machine, typed with { Word = word }).Select(offer => offer with { Text = CommandText.Quote(offer.Text) });
    }

    /// <summary>What begins with the word.</summary>
    private protected abstract IEnumerable<Completion> Offers(Machine machine, TypedCommand typed);
}
