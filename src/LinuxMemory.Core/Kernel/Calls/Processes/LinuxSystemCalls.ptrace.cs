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
            return IsStoppedUnseen(thread, out signal) ? TracedState.Stopped : TracedState.Running;
        }
        if (found < 0 || (status & 0xff) != 0x7f)
        {
            return TracedState.Gone;
        }
        // An event in the upper half is our own stop; otherwise a signal was on its way to the thread and must go on to it.
        signal = status >> 16 == 0 ? (status >> 8) & 0xff : 0;
        return TracedState.Stopped;
    }

    // When the process is a child of ours, the runtime waits for its end, too, and takes our news of its stop away. Only a thread that stands still has a signal to show.
    private static unsafe bool IsStoppedUnseen(int thread, out int signal)
    {
        int* information = stackalloc int[SignalInformationSize / sizeof(int)];
        signal = 0;
        if (ptrace(PtraceGetSignal, thread, 0, (nint)information) != 0)
        {
            // A thread that SIGSTOP had stopped has none.
            return LastErrno == Errno.EINVAL;
        }
        signal = information[2] >> 8 == EventStop ? 0 : information[0];
        return true;
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
}
