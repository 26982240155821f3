using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What a machine's kernel offers. Every answer comes from a trial that changes nothing, never from a version number.</summary>
public static class MemoryCapabilities
{
    /// <summary>The names of all capabilities, in the order of their subjects.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. MemoryCapabilityTable.Entries.Select(entry => entry.Name)];

    /// <summary>Tries one capability.</summary>
    /// <exception cref="ArgumentException">No capability has that name.</exception>
    /// <exception cref="KernelException">A file that every kernel has is absent or denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static MemoryCapability Get(Machine machine, string name)
    {
        ArgumentNullException.ThrowIfNull(machine);
        MemoryCapabilityEntry entry = MemoryCapabilityTable.Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"no capability is called {name}", nameof(name));
        Finding finding = entry.Trial(new MemoryCapabilityProbe(machine));
        return new MemoryCapability
        {
            Name = entry.Name,
            IsAvailable = finding.IsAvailable,
            Reason = finding.Reason,
            Requires = entry.Requires,
            Fallback = entry.Fallback,
        };
    }
}
