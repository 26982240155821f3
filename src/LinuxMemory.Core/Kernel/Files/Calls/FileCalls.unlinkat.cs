using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int AtRemoveDirectory = 0x200;

    /// <summary>Removes a name from a directory.</summary>
    public static void Remove(KernelFile directory, string name) => Remove(directory, name, 0, "unlink");

    /// <summary>Removes an empty directory from a directory.</summary>
    public static void RemoveDirectory(KernelFile directory, string name) => Remove(directory, name, AtRemoveDirectory, "rmdir");

    private static void Remove(KernelFile directory, string name, int flags, string operation)
    {
        if (unlinkat(directory, name, flags) != 0)
        {
            throw new KernelException(LastErrno, operation, $"{directory.Name}/{name}");
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlinkat(KernelFile directory, string path, int flags);
}
