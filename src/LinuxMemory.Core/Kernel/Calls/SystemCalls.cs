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

    /// <summary>
    /// Sleeps until the kernel fires a pressure trigger, such as "some 150000 2000000", set in the file of that absolute path. False
    /// when the time was over or the wait was cancelled before; <paramref name="isSo"/> is asked whether to believe the kernel.
    /// Source: poll(2), POLLPRI, since 5.2.
    /// </summary>
    public virtual bool WaitForPressure(string path, string trigger, Func<bool> isSo, TimeSpan? timeout, CancellationToken stopping) =>
        throw new NeedsLiveMachineException("waiting for pressure");

    /// <summary>Opens a kernel file for writing and writes nothing: what the kernel says to it.</summary>
    public virtual Errno ProbeWritable(string path) => throw new NeedsLiveMachineException($"opening {path} for writing");

    /// <summary>The size of a page in bytes. Source: sysconf(_SC_PAGESIZE).</summary>
    public virtual int PageSize => throw new NeedsLiveMachineException("getpagesize");

    /// <summary>The effective user id of this process. Source: geteuid(2).</summary>
    public virtual int EffectiveUserId => throw new NeedsLiveMachineException("geteuid");

    /// <summary>Writes what is dirty in all file systems to disk. Source: sync(2).</summary>
    public virtual void Sync() => throw new NeedsLiveMachineException("sync");

    /// <summary>Mounts a file system without a device on an open directory, nosuid and nodev. Source: mount(2).</summary>
    internal virtual void Mount(KernelFile directory, string fileSystem, string options) => throw new NeedsLiveMachineException("mount");

    /// <summary>Unmounts what is mounted last on a path, without following a link at its end. Source: umount2(2), UMOUNT_NOFOLLOW.</summary>
    internal virtual void Unmount(string path) => throw new NeedsLiveMachineException("umount2");
    /// <summary>What the kernel's ring buffer holds now, a record a line. Source: /dev/kmsg, since 3.5.</summary>
    internal virtual Stream OpenKernelLog() => throw new NeedsLiveMachineException("/dev/kmsg");

    /// <summary>What the journal holds of the kernel's, a JSON object a line; null where there is no journal. Source: journalctl(1).</summary>
    /// <param name="since">Only what was written since; null for all of this start of the machine.</param>
    internal virtual Stream? OpenJournal(DateTimeOffset? since) => throw new NeedsLiveMachineException("journalctl");

    /// <summary>When this start of the machine was, by its clock now. Source: clock_gettime(2), CLOCK_MONOTONIC, which printk's times follow.</summary>
    internal virtual DateTimeOffset StartTime => throw new NeedsLiveMachineException("clock_gettime");

    /// <summary>Lets the kernel drop the clean pages that it caches of a file. Source: posix_fadvise(2), POSIX_FADV_DONTNEED.</summary>
    internal virtual void DropCachedPages(KernelFile file) => throw new NeedsLiveMachineException("posix_fadvise");

    /// <summary>The pages of a file that are cached; null where the kernel cannot say or may not tell us. Source: cachestat(2), since 6.5.</summary>
    internal virtual CachedPages? CountCachedPages(KernelFile file) => throw new NeedsLiveMachineException("cachestat");

    /// <summary>The same by a mapping. Without the right to write to the file the kernel calls all pages resident. Source: mincore(2).</summary>
    internal virtual long CountResidentPages(KernelFile file) => throw new NeedsLiveMachineException("mincore");

    /// <summary>Takes a swap area into use. Source: swapon(2).</summary>
    /// <exception cref="KernelException">It is no area that this kernel takes, or more privilege is needed.</exception>
    public virtual void SwapOn(string path, int flags) => throw new NeedsLiveMachineException("swapon");

    /// <summary>
    /// Takes a swap area out of use, which brings its pages back to memory and can take minutes; <paramref name="goesOn"/> is asked
    /// again and again meanwhile, and false ends it. None when it is done; EINTR when it was ended, ENOMEM when memory ran out: then
    /// the area is in use as before. Source: swapoff(2).
    /// </summary>
    public virtual Errno SwapOff(string path, Func<bool> goesOn) => throw new NeedsLiveMachineException("swapoff");

    /// <summary>Makes a zram device and gives its number. Source: hot_add of zram-control, since 4.2.</summary>
    /// <exception cref="KernelException">The kernel has no zram, its module is not loaded, or more privilege is needed.</exception>
    public virtual int AddZram() => throw new NeedsLiveMachineException("hot_add of zram");

    /// <summary>Removes a zram device with all that is in it. Source: hot_remove of zram-control, since 4.2.</summary>
    /// <exception cref="KernelException">It is in use (EBUSY), or there is none.</exception>
    public virtual void RemoveZram(int id) => throw new NeedsLiveMachineException("hot_remove of zram");

    /// <summary>The size in bytes above which this process may make no file; null without a limit. Source: getrlimit(2), RLIMIT_FSIZE.</summary>
    internal virtual long? LargestFileSize => throw new NeedsLiveMachineException("getrlimit");

    /// <summary>The file system that an open file or directory lies on. Source: fstatfs(2).</summary>
    internal virtual FileSystemStatus FileSystemOf(KernelFile file) => throw new NeedsLiveMachineException("fstatfs");

    /// <summary>Makes a file without a name, which is gone when it is closed, however this process ends. Source: open(2), O_TMPFILE.</summary>
    internal virtual KernelFile CreateUnnamed(KernelFile directory, int mode) => throw new NeedsLiveMachineException("creating a file");

    /// <summary>Gives an open file a name, or one more, unless something has that name (EEXIST). Source: linkat(2).</summary>
    internal virtual void GiveName(KernelFile file, KernelFile directory, string name) => throw new NeedsLiveMachineException("linkat");

    /// <summary>
    /// Gives a file of a directory another name in it, unless something has that (EEXIST). EINVAL where the file system cannot promise
    /// that, ENOSYS without the call. Source: renameat2(2), RENAME_NOREPLACE, since 3.15.
    /// </summary>
    internal virtual void RenameToFree(KernelFile directory, string from, string to) => throw new NeedsLiveMachineException("renameat2");

    /// <summary>Gives a file blocks on the device: EOPNOTSUPP where the file system cannot. Source: fallocate(2).</summary>
    internal virtual void Allocate(KernelFile file, long offset, long length) => throw new NeedsLiveMachineException("fallocate");

    /// <summary>The parts of a file that have blocks, in order: EOPNOTSUPP where the file system cannot say. Source: FS_IOC_FIEMAP.</summary>
    internal virtual IReadOnlyList<FileExtent> Extents(KernelFile file) => throw new NeedsLiveMachineException("FS_IOC_FIEMAP");

    /// <summary>The flags of a file; null where the file system has none. Source: FS_IOC_GETFLAGS.</summary>
    internal virtual FileFlags? FlagsOf(KernelFile file) => throw new NeedsLiveMachineException("FS_IOC_GETFLAGS");

    /// <summary>Sets the flags of a file. Source: FS_IOC_SETFLAGS.</summary>
    internal virtual void ChangeFlags(KernelFile file, FileFlags flags) => throw new NeedsLiveMachineException("FS_IOC_SETFLAGS");
}

/// <summary>Pages of a file in the page cache, and how many of these are not on disk yet.</summary>
internal readonly record struct CachedPages(long Cached, long Dirty);
