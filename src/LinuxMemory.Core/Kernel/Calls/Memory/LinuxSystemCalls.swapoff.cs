using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed unsafe partial class LinuxSystemCalls
{
    // The child shares open files and directories, and has memory of its own. No signal tells of its end, so that nobody else reaps it.
    internal const int CloneFs = 0x200;
    internal const int CloneFiles = 0x400;
    internal const int WaitAll = 0x40000000;
    internal const int WaitNoHang = 1;
    private const int SetMask = 2;
    private const int Kill = 9;
    private const int StackSize = 64 * 1024;
    private const int SignalSetSize = 128;

    // What fails so soon was refused, not tried.
    private static readonly TimeSpan Refusal = TimeSpan.FromMilliseconds(500);

    /// <remarks>
    /// The kernel makes the process that is in swapoff the first victim when memory runs out. So it is a child made for it: when that
    /// is killed, by the kernel or by us, swapoff ends, the area stays in use, and this process lives on. The child runs nothing but
    /// the C library's swapoff, with all signals blocked.
    /// </remarks>
    public override Errno SwapOff(string path, Func<bool> goesOn)
    {
        ArgumentNullException.ThrowIfNull(goesOn);
        nint library = NativeLibrary.Load("libc", typeof(LinuxSystemCalls).Assembly, null);
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        byte* stack = (byte*)NativeMemory.AlignedAlloc(StackSize, 16);
        try
        {
            long start = Stopwatch.GetTimestamp();
            int child = StartChild(NativeLibrary.GetExport(library, nameof(swapoff)), stack + StackSize, name);
            if (child < 0)
            {
                // Too little memory for a copy of our page tables: then in this process.
                return SwapOffHere(path);
            }
            int status = WaitFor(child, goesOn, out bool isCancelled);
            if (status == 0)
            {
                return Errno.None;
            }
            bool isKilled = (status & 0x7F) != 0;
            // The exit status tells of a failure and not of its reason. A refusal comes at once, so asking again tells it.
            return isCancelled ? Errno.EINTR
                : isKilled || Stopwatch.GetElapsedTime(start) > Refusal ? Errno.ENOMEM
                : SwapOffHere(path);
        }
        finally
        {
            NativeMemory.AlignedFree(stack);
            Marshal.FreeCoTaskMem(name);
            NativeLibrary.Free(library);
        }
    }

    private static Errno SwapOffHere(string path) => swapoff(path) == 0 ? Errno.None : LastErrno;

    private static int StartChild(nint function, byte* stackEnd, nint argument)
    {
        byte* all = stackalloc byte[SignalSetSize];
        byte* before = stackalloc byte[SignalSetSize];
        new Span<byte>(all, SignalSetSize).Fill(0xFF);
        _ = pthread_sigmask(SetMask, all, before);
        int child = clone(function, stackEnd, CloneFs | CloneFiles, argument);
        _ = pthread_sigmask(SetMask, before, null);
        return child;
    }

    // Looks often at first, since an area that is not in use is gone in milliseconds.
    private static int WaitFor(int child, Func<bool> goesOn, out bool isCancelled)
    {
        isCancelled = false;
        int status;
        int pause = 1;
        while (waitpid(child, out status, WaitAll | (isCancelled ? 0 : WaitNoHang)) != child)
        {
            bool isOver = true;
            try
            {
                isOver = !goesOn();
            }
            finally
            {
                if (isOver && !isCancelled)
                {
                    isCancelled = true;
                    _ = kill(child, Kill);
                }
            }
            Thread.Sleep(isCancelled ? 0 : pause);
            pause = Math.Min(100, pause * 2);
        }
        return status;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int swapoff(string path);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clone(nint function, byte* stack, int flags, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int process, out int status, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc")]
    private static partial int pthread_sigmask(int how, byte* set, byte* before);
}
