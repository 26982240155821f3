using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the algorithms by which zram can compress here.</summary>
public sealed class ZramAlgorithmCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Names(machine, wordToComplete ?? ""));

    internal static IEnumerable<Completion> Names(Machine machine, string word) => ZramDevice.AllAlgorithms(machine)
        .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(name => new Completion(name, name, name));
}
