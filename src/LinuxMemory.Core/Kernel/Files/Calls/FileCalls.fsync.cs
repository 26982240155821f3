using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Waits until a file's or directory's content is on the disk.</summary>
    public static void Sync(KernelFile file)
    {
        if (fsync(file) != 0)
        {
            throw new KernelException(LastErrno, nameof(fsync), file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(KernelFile file);
}
