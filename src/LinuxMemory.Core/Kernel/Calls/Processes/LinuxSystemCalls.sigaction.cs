using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    private const int SignalOfChildren = 17;

    // SIGURG: nobody minds it.
    private const int HarmlessSignal = 23;

    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(1);
    private static readonly object SignalLock = new();
    private static int s_deaf;
    private static SignalAction s_heard;

    internal override void WithoutNewsOfChildren(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Deafen();
        try
        {
            AwaitRuntime();
            action();
        }
        finally
        {
            Hear();
        }
    }

    // The default for this signal is to do nothing; children that end meanwhile are kept for whoever asks for them.
    private static void Deafen()
    {
        lock (SignalLock)
        {
            if (s_deaf++ == 0 && HasKnownLayout && sigaction(SignalOfChildren, 0, out s_heard) == 0 && s_heard.Handler != 0)
            {
                SignalAction none = default;
                _ = sigaction(SignalOfChildren, in none, 0);
            }
        }
    }

    // The runtime handles signals one after another: when it has come to this one, it is done with all before it.
    private static void AwaitRuntime()
    {
        ManualResetEventSlim isReached = new();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create((PosixSignal)HarmlessSignal, signal =>
        {
            signal.Cancel = true;
            isReached.Set();
        });
        _ = kill(Environment.ProcessId, HarmlessSignal);
        isReached.Wait(LongestQueue);
    }

    // What somebody else set up meanwhile stays. The signal to ourselves makes the runtime look for what it was not told of.
    private static void Hear()
    {
        lock (SignalLock)
        {
            if (--s_deaf == 0 && s_heard.Handler != 0 && sigaction(SignalOfChildren, 0, out SignalAction now) == 0 && now.Handler == 0)
            {
                _ = sigaction(SignalOfChildren, in s_heard, 0);
                _ = kill(Environment.ProcessId, SignalOfChildren);
            }
        }
    }

    // Elsewhere there are no registers to read, either.
    private static bool HasKnownLayout => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sigaction(int signal, nint none, out SignalAction action);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sigaction(int signal, in SignalAction action, nint none);

    // struct sigaction of the C library, glibc and musl: 1024 bits for signals, then the flags.
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct SignalAction
    {
        public nint Handler;
        public fixed ulong Mask[16];
        public int Flags;
        public nint Restorer;
    }
}
