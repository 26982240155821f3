using System.Runtime.InteropServices;
using System.Text;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int LargestAttributes = 64 * 1024;

    /// <summary>
    /// Gives one file the extended attributes of another: access lists, security labels, what users put there. A security
    /// label that only the system may set is left to it.
    /// </summary>
    public static void CopyAttributes(KernelFile from, KernelFile to)
    {
        byte[] names = new byte[LargestAttributes];
        nint length = flistxattr(from, names, names.Length);
        if (length < 0)
        {
            if (LastErrno == Errno.EOPNOTSUPP)
            {
                return;
            }
            throw new KernelException(LastErrno, nameof(flistxattr), from.Name);
        }
        byte[] value = new byte[LargestAttributes];
        foreach (string name in Encoding.UTF8.GetString(names, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            nint size = fgetxattr(from, name, value, value.Length);
            bool copied = size >= 0 && fsetxattr(to, name, value, size, 0) == 0;
            if (!copied && !name.StartsWith("security.", StringComparison.Ordinal))
            {
                throw new KernelException(LastErrno, nameof(fsetxattr), to.Name);
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint flistxattr(KernelFile file, byte[] names, nint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint fgetxattr(KernelFile file, string name, byte[] value, nint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int fsetxattr(KernelFile file, string name, byte[] value, nint size, int flags);
}
