using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>One pwrite(2); anything less than all bytes is an error.</summary>
    public static void WriteAt(KernelFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        nint count = pwrite(file, in MemoryMarshal.GetReference(bytes), bytes.Length, offset);
        if (count != bytes.Length)
        {
            throw new KernelException(count < 0 ? LastErrno : Errno.ENOSPC, nameof(pwrite), file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pwrite(KernelFile file, in byte buffer, nint count, long offset);
}
