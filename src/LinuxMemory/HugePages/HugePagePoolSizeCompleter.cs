using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the sizes of huge pages that the machine has, as PowerShell writes them: 2MB, 1GB.</summary>
public sealed class HugePagePoolSizeCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => Sizes(machine, wordToComplete ?? ""));

    internal static IEnumerable<Completion> Sizes(Machine machine, string word) =>
        from pool in HugePagePools.Read(machine)
        where pool.Node is null
        let text = Text(pool.PageSize)
        where text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        select new Completion(text, text, $"{pool.Total} pages, {pool.Free} free");

    private static string Text(long size) => string.Create(CultureInfo.InvariantCulture,
        $"{(size % (1L << 30) == 0 ? $"{size >> 30}GB" : size % (1L << 20) == 0 ? $"{size >> 20}MB" : $"{size >> 10}KB")}");
}
