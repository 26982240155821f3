using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const uint NoReplace = 1;

    internal override void RenameToFree(KernelFile directory, string from, string to)
    {
        Errno errno;
        try
        {
            errno = renameat2(directory, from, directory, to, NoReplace) == 0 ? Errno.None : LastErrno;
        }
        catch (EntryPointNotFoundException)
        {
            // The GNU C library has it since 2.28.
            errno = Errno.ENOSYS;
        }
        if (errno != Errno.None)
        {
            throw new KernelException(errno, "rename", $"{directory.Name.TrimEnd('/')}/{to}");
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(KernelFile fromDirectory, string from, KernelFile toDirectory, string to, uint flags);
}
