using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of the settings that the kernel has, with what they do beside them.</summary>
public sealed class SettingNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Names(machine, wordToComplete ?? ""));

    /// <summary>Names that begin with the word, or hold it behind a dot: "swapp" offers vm.swappiness.</summary>
    internal static IEnumerable<Completion> Names(Machine machine, string word) =>
        from name in MemorySettings.Names(machine)
        where name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || name.Contains('.' + word, StringComparison.OrdinalIgnoreCase)
        select new Completion(name, name, SettingTable.Find(name)?.Description ?? name);
}
