using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the numbers of the machine's NUMA nodes, with what each has beside them.</summary>
public sealed class NodeCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Nodes(machine, wordToComplete ?? ""));

    internal static IEnumerable<Completion> Nodes(Machine machine, string word) =>
        from node in NumaNodes.Read(machine)
        let number = node.Id.ToString(CultureInfo.InvariantCulture)
        where number.StartsWith(word, StringComparison.Ordinal)
        select new Completion(number, number, $"CPUs {Display.Ranges(node.Cpus)}, {(node.HasMemory == true ? $"{Display.Size(node.Free)} of {Display.Size(node.Total)} free" : "no memory")}");
}
