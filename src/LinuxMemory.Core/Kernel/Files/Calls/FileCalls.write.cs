using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>One write(2) at the descriptor's place; how many bytes it took. Not tried again: a kernel file may have acted.</summary>
    public static int Write(KernelFile file, ReadOnlySpan<byte> bytes)
    {
        nint count = write(file, in MemoryMarshal.GetReference(bytes), bytes.Length);
        return count >= 0 ? (int)count : throw new KernelException(LastErrno, nameof(write), file.Name);
    }

    /// <summary>Writes all bytes of an ordinary file, in as many calls as it takes.</summary>
    public static void WriteAll(KernelFile file, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Write(file, bytes)..];
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(KernelFile file, in byte buffer, nint count);
}
