using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/swaps: a header, then "/dev/zram0  partition  8388604  1024  100", sizes in KiB.</summary>
public static class SwapsFile
{
    internal const string FilePath = "proc/swaps";

    // The kernel puts this behind the path of a file that was removed while it was in use.
    private const string Deleted = " (deleted)";

    /// <summary>Reads the areas in use; none where the kernel has no swap at all.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<ActiveSwap> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead(FilePath);
        return reader is null ? [] : Parse(reader);
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<ActiveSwap> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        KernelLine header = reader.RequireLine("the header that begins with Filename");
        header.Expect("Filename"u8);
        List<ActiveSwap> areas = [];
        while (reader.ReadLine(out KernelLine line))
        {
            string path = line.TakePath();
            bool isDeleted = path.EndsWith(Deleted, StringComparison.Ordinal);
            areas.Add(new ActiveSwap
            {
                Path = isDeleted ? path[..^Deleted.Length] : path,
                IsDeleted = isDeleted,
                IsFile = line.TakeField().SequenceEqual("file"u8),
                Size = line.TakeKibibytes(),
                Used = line.TakeKibibytes(),
                Priority = line.TakeInt32(),
            });
        }
        return areas;
    }
}

/// <summary>One line of /proc/swaps: an area in use.</summary>
public sealed record ActiveSwap
{
    /// <summary>The absolute path of the device or file.</summary>
    public required string Path { get; init; }

    /// <summary>True when the file has no name any more.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>True for a file, false for a device.</summary>
    public bool IsFile { get; init; }

    /// <summary>Bytes that can be used, without the header.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes in use.</summary>
    public required long Used { get; init; }

    /// <summary>The priority: areas with the highest are used first; below 0 the kernel chose it.</summary>
    public required int Priority { get; init; }
}
