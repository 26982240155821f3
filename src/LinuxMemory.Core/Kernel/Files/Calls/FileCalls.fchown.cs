using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Gives a file to a user and a group.</summary>
    public static void ChangeOwner(KernelFile file, uint userId, uint groupId)
    {
        if (fchown(file, userId, groupId) != 0)
        {
            throw new KernelException(LastErrno, nameof(fchown), file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchown(KernelFile file, uint userId, uint groupId);
}
