using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A file of a cgroup with one size: "268435456", "max". Version 1 has a number for no limit, 9223372036854771712: the largest
/// number of pages.
/// </summary>
public static class CgroupValueFile
{
    /// <summary>What stands for no limit, as a number; beyond every limit that can be set.</summary>
    public const long Unlimited = long.MaxValue;

    // The largest number of pages of 64 KiB at most, in bytes; and that of a 32-bit kernel, which has pages of 4 KiB.
    private const long LeastUnlimited = long.MaxValue - 0xFFFF;
    private const long Unlimited32 = int.MaxValue * 4096L;

    /// <summary>Bytes in the file's text; <see cref="Unlimited"/> for no limit.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static long Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        const string expected = "a number of bytes, or max";
        KernelLine line = reader.RequireLine(expected);
        if (line.TrySkip("max"u8))
        {
            return line.IsAtEnd ? Unlimited : throw line.Malformed(expected);
        }
        ulong value = line.TakeUInt64();
        return value <= long.MaxValue && line.IsAtEnd ? Normal((long)value) : throw line.Malformed(expected);
    }

    /// <summary>The number, or <see cref="Unlimited"/> for each that means no limit.</summary>
    internal static long Normal(long bytes) => bytes is >= LeastUnlimited or Unlimited32 ? Unlimited : bytes;

    /// <summary>Reads a file of a group; null when the group does not have it, as the root has no limits.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static long? Read(Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead(path);
        return reader is null ? null : Parse(reader);
    }

    /// <summary>The same in a group's directory that is held open.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static long? Read(KernelDirectory group, string file)
    {
        ArgumentNullException.ThrowIfNull(group);
        using KernelReader? reader = group.TryRead(file);
        return reader is null ? null : Parse(reader);
    }
}
