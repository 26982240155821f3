using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the groups that account memory, one step at a time: those below the part of the path that is there already.</summary>
public sealed class CgroupCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => CgroupCompletion.Of(machine, CgroupHierarchy.OfMemory(machine), wordToComplete ?? ""));
}

/// <summary>Offers the groups of version 2, in which pressure is measured.</summary>
public sealed class PressureCgroupCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completers.Offer(fakeBoundParameters, machine => CgroupCompletion.Of(machine, CgroupHierarchy.OfPressure(machine), wordToComplete ?? ""));
}

/// <summary>Groups as offers. Knows nothing of PowerShell.</summary>
internal static class CgroupCompletion
{
    /// <summary>Groups whose path begins with the word: those right below what stands before its last slash.</summary>
    public static IEnumerable<Completion> Of(Machine machine, CgroupHierarchy? hierarchy, string word)
    {
        if (hierarchy is null)
        {
            return [];
        }
        string typed = word.Trim('\'', '"').Replace("''", "'", StringComparison.Ordinal);
        int cut = typed.LastIndexOf('/') + 1;
        string above = typed[..cut];
        string begin = typed[cut..];
        using KernelDirectory directory = machine.OpenDirectory(hierarchy.DirectoryOf(hierarchy.NameOf(above)));
        return [.. from name in directory.ListDirectories()
                   where name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)
                   let path = above + name
                   select new Completion(ProcessCompletion.Quote(path), Display.Text(name), Display.Text(hierarchy.NameOf(path)))];
    }
}
