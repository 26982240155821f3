using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers where hugetlbfs is mounted.</summary>
public sealed class HugePageMountCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Paths(machine, (wordToComplete ?? "").Trim('\'', '"')));

    internal static IEnumerable<Completion> Paths(Machine machine, string word) =>
        from mount in HugePageMount.Read(machine)
        where mount.Path.StartsWith(word, StringComparison.Ordinal)
        select new Completion(CommandText.Quote(mount.Path), mount.Path, mount.ToOptions());
}
