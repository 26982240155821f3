using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>mm_stat of a zram device: "4096 58 20480 50331648 9203712 0 0 0 0", bytes first, then pages; seven columns at first, nine today.</summary>
public static class MmStatFile
{
    /// <summary>Reads the file's text into a device that has no name yet.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static ZramDevice Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        KernelLine line = reader.RequireLine("the statistics of a zram device");
        return new ZramDevice
        {
            Name = "",
            Id = -1,
            OrigDataSize = line.TakeInt64(),
            ComprDataSize = line.TakeInt64(),
            MemUsedTotal = line.TakeInt64(),
            MemLimit = line.TakeInt64() is long limit and > 0 ? limit : null,
            MemUsedMax = line.TakeInt64(),
            SamePages = line.TakeInt64(),
            PagesCompacted = line.TakeInt64(),
            HugePages = line.IsAtEnd ? null : line.TakeInt64(),
            HugePagesSince = line.IsAtEnd ? null : line.TakeInt64(),
        };
    }
}
