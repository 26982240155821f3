using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Makes a directory; false when something of that name is there.</summary>
    public static bool MakeDirectory(KernelFile directory, string name, int mode)
    {
        if (mkdirat(directory, name, mode) == 0)
        {
            return true;
        }
        return LastErrno == Errno.EEXIST ? false : throw new KernelException(LastErrno, "mkdir", $"{directory.Name.TrimEnd('/')}/{name}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdirat(KernelFile directory, string path, int mode);
}
