using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const int TemporaryFile = 0x400000; // __O_TMPFILE, beside O_DIRECTORY
    private const int AtFollowLink = 0x400;

    internal override KernelFile CreateUnnamed(KernelFile directory, int mode)
    {
        int descriptor = openat(directory, ".", OpenFlags.ReadWrite | TemporaryFile | OpenFlags.Directory | OpenFlags.CloseOnExec, mode);
        return descriptor >= 0
            ? new KernelFile(descriptor, $"{directory.Name.TrimEnd('/')}/(a file without a name)")
            : throw new KernelException(LastErrno, "create a file in", directory.Name);
    }

    internal override void GiveName(KernelFile file, KernelFile directory, string name)
    {
        // Through the link of /proc it needs no capability; of two sessions one gets EEXIST, and a link at the name is not followed.
        if (linkat(directory, $"/proc/self/fd/{file.Number}", directory, name, AtFollowLink) != 0)
        {
            throw new KernelException(LastErrno, "link", $"{directory.Name.TrimEnd('/')}/{name}");
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int openat(KernelFile directory, string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int linkat(KernelFile fromDirectory, string from, KernelFile toDirectory, string to, int flags);
}
