namespace LinuxMemory;

/// <summary>What to drop from the kernel's caches. The numbers are those of /proc/sys/vm/drop_caches.</summary>
public enum PageCacheMode
{
    /// <summary>Pages of files.</summary>
    PageCache = 1,
    /// <summary>Reclaimable slab objects: directory entries and inodes.</summary>
    Slab = 2,
    /// <summary>Both.</summary>
    All = 3,
    /// <summary>The pages of one file.</summary>
    File = 4,
}
