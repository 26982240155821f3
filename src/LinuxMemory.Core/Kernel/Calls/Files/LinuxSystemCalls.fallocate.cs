using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal override void Allocate(KernelFile file, long offset, long length)
    {
        int result;
        do
        {
            result = fallocate(file, 0, offset, length);
        }
        while (result != 0 && LastErrno == Errno.EINTR);
        if (result != 0)
        {
            throw new KernelException(LastErrno, nameof(fallocate), file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fallocate(KernelFile file, int mode, long offset, long length);
}
