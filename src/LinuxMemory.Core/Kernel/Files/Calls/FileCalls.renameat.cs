using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Gives a file another name in its directory, in the place of the file that has it.</summary>
    public static void Rename(KernelFile directory, string from, string to)
    {
        if (renameat(directory, from, directory, to) != 0)
        {
            throw new KernelException(LastErrno, "rename", $"{directory.Name}/{to}");
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat(KernelFile fromDirectory, string from, KernelFile toDirectory, string to);
}
