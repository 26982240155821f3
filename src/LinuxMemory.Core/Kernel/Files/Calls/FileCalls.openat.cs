using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Makes or opens a file of a directory, never through a link, with a mode for the case that it is new.</summary>
    public static KernelFile CreateAt(KernelFile directory, string path, int flags, int mode)
    {
        string name = $"{directory.Name}/{path}";
        int descriptor = openat(directory, path, flags | OpenFlags.Create | OpenFlags.NoFollow | OpenFlags.CloseOnExec, mode);
        return descriptor >= 0 ? new KernelFile(descriptor, name) : throw new KernelException(LastErrno, "create", name);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int openat(KernelFile directory, string path, int flags, int mode);
}
