using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the rules of Get-SwapAdvice, with what they look at beside them.</summary>
public sealed class SwapRuleCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) => SwapRules.Names
        .Where(new WildcardName(typed.Word + "*").IsMatch).Select(name => new Completion(name, name, $"{name}: {SwapRules.Summary(name)}"));
}
