using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    /// <summary>Reads at a place without moving the descriptor's; how many bytes there were.</summary>
    public static int ReadAt(KernelFile file, Span<byte> buffer, long offset)
    {
        nint count = buffer.IsEmpty ? 0 : pread(file, ref MemoryMarshal.GetReference(buffer), buffer.Length, offset);
        return count >= 0 ? (int)count : throw new KernelException(LastErrno, nameof(pread), file.Name);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(KernelFile file, ref byte buffer, nint count, long offset);
}
