using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A zram device: a disk whose content is compressed in memory. Sizes are bytes. Source: /sys/block/zramN.</summary>
public sealed record ZramDevice
{
    // Also where /sys/block leads to.
    private const string Devices = "sys/devices/virtual/block";

    /// <summary>The device's name, "zram0".</summary>
    public required string Name { get; init; }

    /// <summary>The path of the device, "/dev/zram0".</summary>
    public string Path => "/dev/" + Name;

    /// <summary>The device's number, 0 for zram0.</summary>
    public required int Id { get; init; }

    /// <summary>Bytes that can be written to it; 0 while nobody has given it a size. Source: disksize.</summary>
    public long? DiskSize { get; init; }

    /// <summary>True when it has a size; only then it can be used.</summary>
    public bool IsInitialized => DiskSize > 0;

    /// <summary>True when swap on it is active. Source: /proc/swaps.</summary>
    public bool IsSwap { get; init; }

    /// <summary>How it compresses. Source: comp_algorithm.</summary>
    public string? Algorithm { get; init; }

    /// <summary>All algorithms that the kernel offers for it. Source: comp_algorithm.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>Bytes stored in it, without pages of one value. Source: mm_stat, orig_data_size.</summary>
    public long? OrigDataSize { get; init; }

    /// <summary>Bytes that these take compressed. Source: mm_stat, compr_data_size.</summary>
    public long? ComprDataSize { get; init; }

    /// <summary>Bytes of memory that it takes, with what gets lost between the pieces. Source: mm_stat, mem_used_total.</summary>
    public long? MemUsedTotal { get; init; }

    /// <summary>Bytes of memory that it may take at most; null for no limit. Source: mm_stat, mem_limit.</summary>
    public long? MemLimit { get; init; }

    /// <summary>Bytes of memory that it took at most so far. Source: mm_stat, mem_used_max.</summary>
    public long? MemUsedMax { get; init; }

    /// <summary>Pages filled with one value, which take no memory. Source: mm_stat, same_pages.</summary>
    public long? SamePages { get; init; }

    /// <summary>Pages freed by compaction. Source: mm_stat, pages_compacted.</summary>
    public long? PagesCompacted { get; init; }

    /// <summary>Pages that do not get smaller and are kept as they are; since 4.20. Source: mm_stat, huge_pages.</summary>
    public long? HugePages { get; init; }

    /// <summary>Such pages since it was initialized; since 5.17. Source: mm_stat, huge_pages_since.</summary>
    public long? HugePagesSince { get; init; }

    /// <summary>Bytes written on to the backing device; null where the kernel has none. Source: bd_stat, since 4.14.</summary>
    public long? BackedSize { get; init; }

    /// <summary>OrigDataSize / ComprDataSize; null while nothing is stored.</summary>
    public double? Ratio => ComprDataSize > 0 ? (double?)OrigDataSize / ComprDataSize : null;

    /// <summary>All zram devices, by number; none where the kernel has no zram or its module is not loaded.</summary>
    /// <exception cref="KernelException">/sys is denied.</exception>
    public static IReadOnlyList<string> Names(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            return [.. machine.List(Devices).Where(name => IdOf(name) is not null).OrderBy(IdOf)];
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return [];
        }
    }

    /// <summary>One device.</summary>
    /// <exception cref="KernelException">There is none of that name, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ZramDevice Read(Machine machine, string name)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string folder = $"{Devices}/{name}";
        string algorithms = machine.TryReadValue($"{folder}/comp_algorithm") ?? "";
        using KernelReader reader = machine.Read($"{folder}/mm_stat");
        return MmStatFile.Parse(reader) with
        {
            Name = name,
            Id = IdOf(name) ?? throw new KernelException(Errno.ENODEV, "open", machine.Locate(folder)),
            DiskSize = machine.TryReadNumber($"{folder}/disksize"),
            IsSwap = IsSwapOn(machine, "/dev/" + name),
            Algorithm = algorithms.Length == 0 ? null : KernelValue.Of(algorithms),
            Algorithms = AlgorithmsIn(algorithms),
            BackedSize = Backed(machine, folder),
        };
    }

    /// <summary>The algorithms that the kernel offers for every device; none while there is no device that could tell.</summary>
    public static IReadOnlyList<string> AllAlgorithms(Machine machine)
    {
        foreach (string name in Names(machine))
        {
            if (machine.TryReadValue($"{Devices}/{name}/comp_algorithm") is { Length: > 0 } text)
            {
                return AlgorithmsIn(text);
            }
        }
        return [];
    }

    /// <summary>The folder of a device's files.</summary>
    internal static string FolderOf(string name) => $"{Devices}/{name}";

    /// <summary>The words of comp_algorithm: "lzo-rle [lz4] zstd", or "lz4" alone.</summary>
    internal static ReadableList<string> AlgorithmsIn(string text) =>
        new ReadableList<string>([.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('[', ']'))]);

    internal static int? IdOf(string name) =>
        name.StartsWith("zram", StringComparison.Ordinal) && int.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;

    internal static bool IsSwapOn(Machine machine, string path)
    {
        using KernelReader? reader = machine.TryRead("proc/swaps");
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            if (!line.IsAtEnd && line.TakePath() == path)
            {
                return true;
            }
        }
        return false;
    }

    private static long? Backed(Machine machine, string folder)
    {
        try
        {
            using KernelReader? reader = machine.TryRead($"{folder}/bd_stat");
            if (reader is null)
            {
                return null;
            }
            KernelLine line = reader.RequireLine("pages on the backing device");
            // Counted in 4 KiB whatever the page's size.
            return line.TakePages(4096);
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            return null;
        }
    }
}
