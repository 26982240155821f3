using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>What it means when a kernel file is missing: the option of the kernel that it comes with.</summary>
internal static class AbsentFeature
{
    private static readonly (string File, string Option)[] Options =
    [
        ("proc/slabinfo", "CONFIG_SLUB_DEBUG"),
        ("sys/devices/system/memory/block_size_bytes", "CONFIG_MEMORY_HOTPLUG"),
        ("sys/devices/system/node", "CONFIG_NUMA"),
        ("sys/kernel/mm/ksm", "CONFIG_KSM"),
    ];

    /// <summary>The message of an exception about a missing file, with the reason where it is known.</summary>
    public static string Explain(KernelException e)
    {
        string? option = Options.FirstOrDefault(known => e.Target.EndsWith("/" + known.File, StringComparison.Ordinal)).Option;
        return option is null ? e.Message : $"{e.Message}. The kernel was built without {option}, or the capture does not hold it. Get-MemoryCapability says what is here.";
    }
}
