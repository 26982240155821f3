using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, KernelFile file, in CacheRange range, out CacheStat found, uint flags);

    internal override CachedPages? CountCachedPages(KernelFile file)
    {
        CacheRange range = new() { Offset = 0, Length = 0 };
        return syscall((nint)ProbedCall.Cachestat, file, in range, out CacheStat found, 0) == 0
            ? new CachedPages(found.Cached, found.Dirty)
            : LastErrno is Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP ? null : throw new KernelException(LastErrno, "cachestat", file.Name);
    }

    /// <summary>struct cachestat_range; a length of 0 means to the end.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CacheRange
    {
        public ulong Offset;
        public ulong Length;
    }

    /// <summary>struct cachestat, in pages.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CacheStat
    {
        public long Cached;
        public long Dirty;
        public long Writeback;
        public long Evicted;
        public long RecentlyEvicted;
    }
}
