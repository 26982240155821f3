using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the compressors that the kernel has loaded.</summary>
public sealed class CompressorCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Names(machine, wordToComplete ?? ""));

    internal static IEnumerable<Completion> Names(Machine machine, string word) => Zswap.Compressors(machine)
        .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(name => new Completion(name, name, name));
}
