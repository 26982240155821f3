using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Sets a file's mode.</summary>
    public static void ChangeMode(KernelFile file, int mode)
    {
        if (fchmod(file, mode) != 0)
        {
            throw new KernelException(LastErrno, nameof(fchmod), file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(KernelFile file, int mode);
}
