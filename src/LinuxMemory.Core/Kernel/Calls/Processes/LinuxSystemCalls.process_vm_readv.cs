using System.Globalization;
using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal override unsafe int ReadMemory(int id, ulong address, Span<byte> buffer)
    {
        fixed (byte* local = buffer)
        {
            MemoryPiece here = new() { Address = (ulong)local, Length = (ulong)buffer.Length };
            MemoryPiece there = new() { Address = address, Length = (ulong)buffer.Length };
            nint count = process_vm_readv(id, in here, 1, in there, 1, 0);
            // Nothing at all can be read there.
            return count >= 0 ? (int)count : LastErrno == Errno.EFAULT ? 0
                : throw new KernelException(LastErrno, nameof(process_vm_readv), string.Create(CultureInfo.InvariantCulture, $"process {id}"));
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint process_vm_readv(int id, in MemoryPiece here, nuint hereCount, in MemoryPiece there, nuint thereCount, nuint flags);
}
