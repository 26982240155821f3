using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/meminfo: "MemTotal:       24684092 kB", a line a key; HugePages_* are numbers of pages, without unit.</summary>
public static class MemInfoFile
{
    internal const string Path = "proc/meminfo";

    // In the order of MemInfoKey.
    private static readonly KeyTable Keys = new(
        "MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "SwapCached", "Active", "Inactive", "Active(anon)",
        "Inactive(anon)", "Active(file)", "Inactive(file)", "Unevictable", "Mlocked", "HighTotal", "HighFree", "LowTotal",
        "LowFree", "MmapCopy", "SwapTotal", "SwapFree", "Zswap", "Zswapped", "Dirty", "Writeback", "AnonPages", "Mapped",
        "Shmem", "KReclaimable", "Slab", "SReclaimable", "SUnreclaim", "KernelStack", "ShadowCallStack", "PageTables",
        "SecPageTables", "Quicklists", "NFS_Unstable", "Bounce", "WritebackTmp", "CommitLimit", "Committed_AS", "VmallocTotal",
        "VmallocUsed", "VmallocChunk", "Percpu", "HardwareCorrupted", "AnonHugePages", "ShmemHugePages", "ShmemPmdMapped",
        "FileHugePages", "FilePmdMapped", "CmaTotal", "CmaFree", "Unaccepted", "Balloon", "HugePages_Total", "HugePages_Free",
        "HugePages_Rsvd", "HugePages_Surp", "Hugepagesize", "Hugetlb", "DirectMap4k", "DirectMap64k", "DirectMap2M",
        "DirectMap4M", "DirectMap1M", "DirectMap1G");

    private static readonly IReadOnlyDictionary<string, long> NoExtra = new ReadableCounts();

    /// <summary>Reads a machine's memory, with the limit of the cgroup that the reading process runs in.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static MemInfo Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader reader = machine.Read(Path);
        return Parse(reader, machine.TimeOf(Path), memory => EffectiveLimit.Of(machine, memory));
    }

    /// <summary>Reads the file's text; <paramref name="time"/> is when it was true.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static MemInfo Parse(KernelReader reader, DateTimeOffset time) => Parse(reader, time, static _ => null);

    private static MemInfo Parse(KernelReader reader, DateTimeOffset time, Func<long, EffectiveLimit?> limit)
    {
        ArgumentNullException.ThrowIfNull(reader);
        long?[] values = new long?[Keys.Count];
        ReadableCounts? extra = null;
        int next = 0;
        while (reader.ReadLine(out KernelLine line))
        {
            ReadOnlySpan<byte> key = line.TakeUntil((byte)':');
            int index = Keys.IndexOf(key, ref next);
            long value = TakeValue(ref line, index);
            if (index >= 0)
            {
                values[index] = value;
            }
            else
            {
                (extra ??= [])[Encoding.UTF8.GetString(key)] = value;
            }
        }
        if (values[(int)MemInfoKey.MemTotal] is not long memory || values[(int)MemInfoKey.MemFree] is null)
        {
            throw reader.Ended(values[(int)MemInfoKey.MemTotal] is null ? "the key MemTotal" : "the key MemFree");
        }
        return new MemInfo(values, extra ?? NoExtra, time) { Limit = limit(memory) };
    }

    private static long TakeValue(ref KernelLine line, int index)
    {
        bool counts = index is >= (int)MemInfoKey.HugePagesTotal and <= (int)MemInfoKey.HugePagesSurp;
        long value = line.TakeInt64();
        if (line.IsAtEnd && (counts || index < 0))
        {
            return value;
        }
        if (counts)
        {
            throw line.Malformed("a number of pages without unit");
        }
        line.TakeUnit();
        return value is >= 0 and <= (long.MaxValue >> 10) && line.IsAtEnd ? value << 10 : throw line.Malformed("a size that fits 63 bits in bytes");
    }
}
