using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the sizes of transparent huge pages that the kernel has, in the words of its directories: 64KB, 2048KB.</summary>
public sealed class HugePageSizeCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Sizes(machine, wordToComplete ?? ""));

    internal static IEnumerable<Completion> Sizes(Machine machine, string word) =>
        from size in TransparentHugePages.Read(machine)?.Sizes ?? []
        let text = $"{size.Size / 1024}KB"
        where text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        select new Completion(text, text, $"Huge pages of {Display.Size(size.Size)}: {size.Enabled}");
}
