using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What documents and this machine's own use say about the size of its swap.</summary>
public static class SwapRules
{
    /// <summary>The names of the rules, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SwapRule.All.Select(rule => rule.Name)];

    /// <summary>What a rule looks at, in a few words.</summary>
    public static string Summary(string name) => SwapRule.All.First(rule => rule.Name == name).Summary;

    /// <summary>The advice of every rule whose name is taken.</summary>
    /// <exception cref="KernelException">/proc/meminfo is absent or denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<SwapAdvice> Read(Machine machine, bool hibernates, Func<string, bool> takes)
    {
        ArgumentNullException.ThrowIfNull(machine);
        SwapNeed need = SwapNeed.Read(machine, hibernates);
        foreach (SwapRule rule in SwapRule.All.Where(rule => takes(rule.Name)))
        {
            (long? bytes, string reason) = rule.Compute(need);
            yield return new SwapAdvice
            {
                Rule = rule.Name,
                Recommended = bytes,
                Reason = reason,
                Source = rule.Source,
                Current = need.Current,
                Memory = need.Memory,
                Hibernates = hibernates,
            };
        }
    }
}
