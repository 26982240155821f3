namespace LinuxMemory.Kernel;

/// <summary>
/// What can be asked of a kernel beside its files. This class refuses everything, as it must for a tree of files;
/// <see cref="LinuxSystemCalls"/> asks this computer's kernel, one call a file.
/// </summary>
public partial class SystemCalls
{
    /// <summary>True when the kernel knows the call of that name and lets this process make it.</summary>
    public bool Has(ProbedCall call) => Probe(call) == Errno.None;

    /// <summary>Tries a call with arguments that can do nothing: None when it is there, ENOSYS without it, EPERM when a filter forbids it.</summary>
    public virtual Errno Probe(ProbedCall call) => throw new NeedsLiveMachineException(call.ToString());

    /// <summary>Tries the ioctl PAGEMAP_SCAN on an empty range of this process: ENOTTY where the kernel lacks it.</summary>
    public virtual Errno ProbePageScan() => throw new NeedsLiveMachineException("PAGEMAP_SCAN");

    /// <summary>Tries the ioctl PROCMAP_QUERY on this process: ENOTTY where the kernel lacks it.</summary>
    public virtual Errno ProbeMapQuery() => throw new NeedsLiveMachineException("PROCMAP_QUERY");

    /// <summary>The pagemap entry of a present page of this process: its frame number is 0 without the privilege to see it.</summary>
    public virtual ulong ProbePagemap() => throw new NeedsLiveMachineException("pagemap");

    /// <summary>Sets a memory pressure trigger and takes it away at once: what the kernel says to it.</summary>
    public virtual Errno ProbePressureTrigger() => throw new NeedsLiveMachineException("a pressure trigger");

    /// <summary>Opens a kernel file for writing and writes nothing: what the kernel says to it.</summary>
    public virtual Errno ProbeWritable(string path) => throw new NeedsLiveMachineException($"opening {path} for writing");

    /// <summary>The size of a page in bytes. Source: sysconf(_SC_PAGESIZE).</summary>
    public virtual int PageSize => throw new NeedsLiveMachineException("getpagesize");

    /// <summary>The effective user id of this process. Source: geteuid(2).</summary>
    public virtual int EffectiveUserId => throw new NeedsLiveMachineException("geteuid");

    /// <summary>Writes what is dirty in all file systems to disk. Source: sync(2).</summary>
    public virtual void Sync() => throw new NeedsLiveMachineException("sync");

    /// <summary>Lets the kernel drop the clean pages that it caches of a file. Source: posix_fadvise(2), POSIX_FADV_DONTNEED.</summary>
    internal virtual void DropCachedPages(KernelFile file) => throw new NeedsLiveMachineException("posix_fadvise");

    /// <summary>The pages of a file that are cached; null where the kernel cannot say or may not tell us. Source: cachestat(2), since 6.5.</summary>
    internal virtual CachedPages? CountCachedPages(KernelFile file) => throw new NeedsLiveMachineException("cachestat");

    /// <summary>The same by a mapping. Without the right to write to the file the kernel calls all pages resident. Source: mincore(2).</summary>
    internal virtual long CountResidentPages(KernelFile file) => throw new NeedsLiveMachineException("mincore");
}

/// <summary>Pages of a file in the page cache, and how many of these are not on disk yet.</summary>
internal readonly record struct CachedPages(long Cached, long Dirty);
