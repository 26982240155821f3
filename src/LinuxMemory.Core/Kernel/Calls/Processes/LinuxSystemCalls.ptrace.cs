using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const int PtraceDetach = 17;
    internal const int PtraceGetSignal = 0x4202;
    internal const int PtraceGetRegisterSet = 0x4204;
    internal const int PtraceSeize = 0x4206;
    internal const int PtraceInterrupt = 0x4207;

    // PTRACE_EVENT_STOP, and siginfo_t: the signal, errno and the code, then what does not matter here.
    private const int EventStop = 128;
    private const int SignalInformationSize = 128;

    // P_PID, WSTOPPED, WEXITED and WNOWAIT; CLD_TRAPPED: the codes before it are those of an end.
    private const int WaitForOne = 1;
    private const int WaitStopped = 2;
    private const int WaitExited = 4;
    private const int WaitKeep = 0x01000000;
    private const int ChildTrapped = 4;

    // More than AVX-512 with everything that a processor can add, and than the largest SVE.
    private const int LargestSet = 64 * 1024;

    internal override Errno Seize(int thread) => ptrace(PtraceSeize, thread, 0, 0) == 0 ? Errno.None : LastErrno;

    internal override void Interrupt(int thread) => _ = ptrace(PtraceInterrupt, thread, 0, 0);

    // The end of a process is left to its parent, which can be a Process object of ours: only news of a stop is taken.
    internal override unsafe TracedState StateOf(int thread, out int signal)
    {
        int* information = stackalloc int[SignalInformationSize / sizeof(int)];
        signal = 0;
        if (waitid(WaitForOne, thread, (nint)information, WaitExited | WaitStopped | WaitNoHang | WaitAll | WaitKeep) != 0)
        {
            return LastErrno == Errno.EINTR ? TracedState.Running : TracedState.Gone;
        }
        if (information[0] != 0 && information[2] < ChildTrapped)
        {
            return TracedState.Gone;
        }
        // Only a thread that stands still has a signal to show, and one that SIGSTOP had stopped has none.
        bool hasSignal = ptrace(PtraceGetSignal, thread, 0, (nint)information) == 0;
        if (!hasSignal && LastErrno != Errno.EINVAL)
        {
            return TracedState.Running;
        }
        _ = waitid(WaitForOne, thread, 0, WaitStopped | WaitNoHang | WaitAll);
        // Our own stop is an event; otherwise a signal was on its way to the thread and must go on to it.
        signal = hasSignal && information[2] >> 8 != EventStop ? information[0] : 0;
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

    internal override StatePart StatePartOf(int part)
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < ExtendedState.CpuLeaf)
        {
            return default;
        }
        (int size, int offset, _, _) = X86Base.CpuId(ExtendedState.CpuLeaf, part);
        return new StatePart(offset, size);
    }

    internal override void Detach(int thread, int signal) => _ = ptrace(PtraceDetach, thread, 0, signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint ptrace(nint request, int thread, nint address, nint data);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int kind, int id, nint information, int options);
}
