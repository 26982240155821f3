using System.Runtime.InteropServices;
using System.Text;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Where a symbolic link points. An empty path means the link that the descriptor itself is.</summary>
    public static string ReadLink(KernelFile directory, string path, string name)
    {
        byte[] target = new byte[4096];
        nint length = readlinkat(directory, path, target, target.Length);
        return length >= 0
            ? Encoding.UTF8.GetString(target, 0, (int)length)
            : throw new KernelException(LastErrno, "readlink", name);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint readlinkat(KernelFile directory, string path, byte[] buffer, nint size);
}
