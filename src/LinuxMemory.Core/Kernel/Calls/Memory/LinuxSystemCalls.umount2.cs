using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const int UnmountNoFollow = 8;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    internal override void Unmount(string path)
    {
        if (umount2(path, UnmountNoFollow) != 0)
        {
            throw new KernelException(LastErrno, nameof(umount2), path);
        }
    }
}
