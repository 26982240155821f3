using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Cuts a file at a length in bytes.</summary>
    public static void Truncate(KernelFile file, long length)
    {
        if (ftruncate(file, length) != 0)
        {
            throw new KernelException(LastErrno, nameof(ftruncate), file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ftruncate(KernelFile file, long length);
}
