namespace LinuxMemory;

/// <summary>A swap area in use, or one that a file names to be enabled at boot. Source: /proc/swaps, the area's header, /etc/fstab, systemd.</summary>
public sealed record SwapArea
{
    /// <summary>The absolute path of the file or device; as fstab names it where no device of that name is known.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required SwapAreaKind Kind { get; init; }

    /// <summary>Bytes that can be used; for one not in use as its header says, null when that cannot be read.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes in use; 0 for an area not in use.</summary>
    public required long Used { get; init; }

    /// <summary>Size - Used; null where the size is not known, and for an area not in use.</summary>
    public long? Free => IsActive ? Size - Used : null;

    /// <summary>Used in percent of Size; null for an area not in use.</summary>
    public double? UsedPercent => IsActive && Size > 0 ? Used * 100.0 / Size : null;

    /// <summary>Areas with the highest are used first, below 0 the kernel chose it; for one not in use what the file that names it says, null when that is nothing.</summary>
    public int? Priority { get; init; }

    /// <summary>The UUID in the header; null when it has none or cannot be read.</summary>
    public string? Uuid { get; init; }

    /// <summary>The label in the header; null when it has none or cannot be read.</summary>
    public string? Label { get; init; }

    /// <summary>True when the kernel uses it.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Where it is named to be enabled at boot: "/etc/fstab:7" or a systemd unit; null where nothing names it.</summary>
    public string? PersistedBy { get; init; }

    /// <summary>The file system that a swap file lies on; null for a device, and where it is not known.</summary>
    public string? FileSystem { get; init; }

    /// <summary>True when it lies on a disk that turns; null where the kernel does not say.</summary>
    public bool? IsRotational { get; init; }

    /// <summary>What a careful person would say about it, a sentence each; empty when nothing.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>What a swap area is.</summary>
public enum SwapAreaKind
{
    /// <summary>A file.</summary>
    File,
    /// <summary>A partition, or any other block device.</summary>
    Partition,
    /// <summary>Compressed memory (zram).</summary>
    Zram,
}
