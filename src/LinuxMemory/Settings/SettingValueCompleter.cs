using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the words that the named setting takes, or the value that it has.</summary>
public sealed class SettingValueCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Values(machine, fakeBoundParameters?["Name"] as string ?? "", wordToComplete ?? ""));

    internal static IEnumerable<Completion> Values(Machine machine, string name, string word)
    {
        if (!SettingName.IsValid(name) || machine.TryReadText(SettingName.ToPath(SettingName.Normalize(name))) is not string text)
        {
            return [];
        }
        SettingType type = SettingTable.Find(SettingName.Normalize(name))?.Type ?? SettingType.Text;
        IEnumerable<string> values = SettingValue.Choices(text) ?? (type == SettingType.Bool ? ["true", "false"] : [KernelValue.Of(text)]);
        return values.Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(value => new Completion(value.Contains(' ', StringComparison.Ordinal) ? $"'{value}'" : value, value, $"{name} = {value}"));
    }
}
