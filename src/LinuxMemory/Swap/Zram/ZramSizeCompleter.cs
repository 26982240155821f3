using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers sizes that are computed from memory, with what they come to here.</summary>
public sealed class ZramSizeCompleter : IArgumentCompleter
{
    private static readonly string[] Sizes = ["ram/4", "ram/2", "ram", "min(ram/2, 4GiB)", "min(ram, 8GiB)"];

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Offers(machine, wordToComplete ?? ""));

    internal static IEnumerable<Completion> Offers(Machine machine, string word)
    {
        long memory = MemInfoFile.Read(machine).MemTotal;
        return Sizes.Where(size => size.StartsWith(word.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(size => new Completion(CommandText.Quote(size), size, Display.Size(SizeExpression.Evaluate(size, memory))));
    }
}
