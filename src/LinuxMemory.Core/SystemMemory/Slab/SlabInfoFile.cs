using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/slabinfo, versions 2.0 and 2.1: "dentry 2130 2142 192 21 1 : tunables 0 0 0 : slabdata 102 102 0", a line a cache, behind two headers.
/// </summary>
public static class SlabInfoFile
{
    /// <summary>The object caches of a machine, as they come.</summary>
    /// <exception cref="KernelException">A file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<SlabCache> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        int pageSize = PageSize.Of(machine);
        using KernelReader reader = machine.Read("proc/slabinfo");
        foreach (SlabCache cache in Parse(reader, pageSize))
        {
            yield return cache with { IsReclaimable = Flag(machine, cache.Name, "reclaim_account"), IsDma = Flag(machine, cache.Name, "cache_dma") };
        }
    }

    /// <summary>The object caches in the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<SlabCache> Parse(KernelReader reader, int pageSize)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Expect(reader, "slabinfo - version: 2");
        Expect(reader, "#");
        while (reader.ReadLine(out KernelLine line))
        {
            yield return TakeCache(ref line, pageSize);
        }
    }

    private static void Expect(KernelReader reader, string header)
    {
        KernelLine line = reader.RequireLine($"'{header}'");
        line.Expect(System.Text.Encoding.UTF8.GetBytes(header));
    }

    private static SlabCache TakeCache(ref KernelLine line, int pageSize)
    {
        string name = TakeName(ref line);
        long active = line.TakeInt64();
        long total = line.TakeInt64();
        long objectSize = line.TakeInt64();
        long objectsPerSlab = line.TakeInt64();
        int pagesPerSlab = line.TakeInt32();
        line.Expect(": tunables"u8);
        line.TakeUntil((byte)':');
        line.Expect("slabdata"u8);
        long activeSlabs = line.TakeInt64();
        long totalSlabs = line.TakeInt64();
        Int128 size = (Int128)totalSlabs * pagesPerSlab * pageSize;
        return new SlabCache
        {
            Name = name,
            ActiveObjects = active,
            TotalObjects = total,
            ObjectSize = objectSize,
            ObjectsPerSlab = objectsPerSlab,
            PagesPerSlab = pagesPerSlab,
            ActiveSlabs = activeSlabs,
            TotalSlabs = totalSlabs,
            Size = size >= 0 && size <= long.MaxValue ? (long)size : throw line.Malformed("slabs whose size fits 63 bits"),
        };
    }

    // A driver may give its cache a name of several words; five numbers stand behind it.
    private static string TakeName(ref KernelLine line)
    {
        int end = line.Rest.IndexOf(" : tunables"u8);
        ReadOnlySpan<byte> name = end < 0 ? throw line.Malformed("': tunables'") : line.Rest[..end];
        for (int number = 0; number < 5; number++)
        {
            int blank = name.TrimEnd((byte)' ').LastIndexOf((byte)' ');
            name = blank > 0 ? name[..blank] : throw line.Malformed("a name and five numbers");
        }
        name = name.TrimEnd((byte)' ');
        line.Expect(name);
        return System.Text.Encoding.UTF8.GetString(name);
    }

    // SLUB shows its caches here, root sees the flags; a name with a slash has no directory.
    private static bool? Flag(Machine machine, string cache, string flag)
    {
        try
        {
            return machine.TryReadText($"sys/kernel/slab/{cache}/{flag}") switch { "1" => true, "0" => false, _ => null };
        }
        catch (KernelException e) when (e.IsDenied)
        {
            return null;
        }
    }
}
