namespace LinuxMemory;

/// <summary>One of the kernel's object caches. Source: /proc/slabinfo, which only root can read; flags from /sys/kernel/slab.</summary>
public sealed record SlabCache
{
    /// <summary>The cache's name, such as "dentry".</summary>
    public required string Name { get; init; }

    /// <summary>Number of objects in use.</summary>
    public required long ActiveObjects { get; init; }

    /// <summary>Number of objects that the cache's slabs have room for.</summary>
    public required long TotalObjects { get; init; }

    /// <summary>Bytes of one object with its padding.</summary>
    public required long ObjectSize { get; init; }

    /// <summary>Number of objects in one slab.</summary>
    public required long ObjectsPerSlab { get; init; }

    /// <summary>Number of pages in one slab.</summary>
    public required long PagesPerSlab { get; init; }

    /// <summary>Number of slabs with an object in use.</summary>
    public required long ActiveSlabs { get; init; }

    /// <summary>Number of all slabs.</summary>
    public required long TotalSlabs { get; init; }

    /// <summary>Bytes that the cache takes: TotalSlabs * PagesPerSlab * page size.</summary>
    public required long Size { get; init; }

    /// <summary>True when its objects can be reclaimed under pressure; null where /sys/kernel/slab does not say.</summary>
    public bool? IsReclaimable { get; init; }

    /// <summary>True when its slabs lie in memory for old devices; null where /sys/kernel/slab does not say.</summary>
    public bool? IsDma { get; init; }
}
