using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The disk below a swap area. Source: /sys/dev/block, /sys/class/block.</summary>
internal static class SwapDisk
{
    /// <summary>True for a disk that turns; null where the kernel does not say.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="number">The device's number, "254:1"; null where it is not known.</param>
    /// <param name="path">The device's path, where its number says nothing, as for btrfs.</param>
    public static bool? IsRotational(Machine machine, string? number, string? path)
    {
        string? name = path is not null && path.StartsWith("/dev/", StringComparison.Ordinal) ? Path.GetFileName(path) : null;
        return (number is null ? null : Look(machine, $"sys/dev/block/{number}")) ?? (name is null ? null : Look(machine, $"sys/class/block/{name}"));
    }

    // A partition's queue is that of the disk above it.
    private static bool? Look(Machine machine, string device) =>
        (machine.TryReadValue($"{device}/queue/rotational") ?? machine.TryReadValue($"{device}/../queue/rotational")) is string text ? text.Trim() == "1" : null;
}
