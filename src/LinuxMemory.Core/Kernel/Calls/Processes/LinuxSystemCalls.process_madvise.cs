using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal override long Advise(KernelFile process, ulong address, ulong length, int advice)
    {
        MemoryPiece piece = new() { Address = address, Length = length };
        nint done;
        do
        {
            done = syscall((nint)ProbedCall.ProcessMadvise, process, in piece, 1, advice, 0);
        }
        while (done < 0 && LastErrno == Errno.EINTR);
        return done >= 0 ? done : throw new KernelException(LastErrno, "process_madvise", process.Name);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, KernelFile process, in MemoryPiece pieces, nint count, nint advice, nint flags);

    /// <summary>struct iovec, with an address that may be another process's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MemoryPiece
    {
        public ulong Address;
        public ulong Length;
    }
}
