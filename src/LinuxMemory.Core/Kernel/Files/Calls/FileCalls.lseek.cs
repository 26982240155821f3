using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int SeekData = 3;
    private const int SeekHole = 4;

    /// <summary>The first stretch with data from a place on, as far as the file system knows; null when none follows.</summary>
    public static (long Start, long End)? NextData(KernelFile file, long offset)
    {
        long start = lseek(file, offset, SeekData);
        if (start < 0)
        {
            return LastErrno == Errno.ENXIO ? null : throw new KernelException(LastErrno, nameof(lseek), file.Name);
        }
        long end = lseek(file, start, SeekHole);
        return end > start ? (start, end) : throw new KernelException(LastErrno, nameof(lseek), file.Name);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial long lseek(KernelFile file, long offset, int whence);
}
