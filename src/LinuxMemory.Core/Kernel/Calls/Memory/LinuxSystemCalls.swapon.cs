using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    public override void SwapOn(string path, int flags)
    {
        if (swapon(path, flags) != 0)
        {
            throw new KernelException(LastErrno, nameof(swapon), path);
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int swapon(string path, int flags);
}
