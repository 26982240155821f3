using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the zram devices of the machine.</summary>
public sealed class ZramNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => ZramNames.Offers(machine, wordToComplete ?? ""));
}

/// <summary>Names of zram devices as people write them.</summary>
internal static class ZramNames
{
    /// <summary>"/dev/zram0" is zram0, too.</summary>
    public static string Plain(string name) => name.StartsWith("/dev/", StringComparison.Ordinal) ? name[5..] : name;

    public static IEnumerable<Completion> Offers(Machine machine, string word) => ZramDevice.Names(machine)
        .Where(name => name.StartsWith(Plain(word), StringComparison.OrdinalIgnoreCase)).Select(name => new Completion(name, name, "/dev/" + name));
}
