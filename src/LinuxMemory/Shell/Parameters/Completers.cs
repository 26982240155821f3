using System.Collections;
using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>What the completers share: the machine that is meant, and PowerShell's words for an offer.</summary>
internal static class Completers
{
    public static IEnumerable<CompletionResult> Offer(IDictionary? bound, Func<Machine, IEnumerable<Completion>> complete)
    {
        try
        {
            Machine machine = bound?["Root"] is string root ? Machine.At(root) : Machine.Live;
            return [.. complete(machine).Select(c => new CompletionResult(c.Text, c.Label, CompletionResultType.ParameterValue, c.Tip))];
        }
        catch (KernelException)
        {
            // Half-typed commands have no errors, only nothing to offer.
            return [];
        }
    }
}
