using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const int DontNeed = 4;

    [LibraryImport("libc")]
    private static partial int posix_fadvise(KernelFile file, long offset, long length, int advice);

    internal override void DropCachedPages(KernelFile file)
    {
        // Not through errno: the function returns the number.
        int error = posix_fadvise(file, 0, 0, DontNeed);
        if (error != 0)
        {
            throw new KernelException((Errno)error, nameof(posix_fadvise), file.Name);
        }
    }
}
