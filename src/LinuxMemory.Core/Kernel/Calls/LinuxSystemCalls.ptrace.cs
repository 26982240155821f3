using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const int PtraceDetach = 17;
    internal const int PtraceGetRegisterSet = 0x4204;
    internal const int PtraceSeize = 0x4206;
    internal const int PtraceInterrupt = 0x4207;

    // More than AVX-512 with everything that a processor can add, and than the largest SVE.
    private const int LargestSet = 64 * 1024;

    internal override Errno Seize(int thread) => ptrace(PtraceSeize, thread, 0, 0) == 0 ? Errno.None : LastErrno;

    internal override void Interrupt(int thread) => _ = ptrace(PtraceInterrupt, thread, 0, 0);

    internal override TracedState StateOf(int thread, out int signal)
    {
        signal = 0;
        int found = waitpid(thread, out int status, WaitNoHang | WaitAll);
        if (found == 0 || (found < 0 && LastErrno == Errno.EINTR))
        {
            return TracedState.Running;
        }
        if (found < 0 || (status & 0xff) != 0x7f)
        {
            return TracedState.Gone;
        }
        // An event in the upper half is our own stop; otherwise a signal was on its way to the thread and must go on to it.
        signal = status >> 16 == 0 ? (status >> 8) & 0xff : 0;
        return TracedState.Stopped;
    }

    internal override unsafe byte[]? ReadRegisters(int thread, uint set)
    {
        byte[] registers = new byte[LargestSet];
        fixed (byte* first = registers)
        {
            MemoryPiece piece = new() { Address = (ulong)first, Length = LargestSet };
            return ptrace(PtraceGetRegisterSet, thread, (nint)set, (nint)(&piece)) == 0 ? registers[..(int)piece.Length] : null;
        }
    }

    internal override void Detach(int thread, int signal) => _ = ptrace(PtraceDetach, thread, 0, signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint ptrace(nint request, int thread, nint address, nint data);
}
