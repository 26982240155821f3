using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Processes that the kernel marks as the cause of a shortage, and kills first: those that bring swapped pages back with swapoff(2).</summary>
internal static class OomOrigin
{
    /// <summary>True when the process's main thread waits in swapoff. /proc/PID/syscall: "168 0x55d0c8a3b2a0 ...", the call's number first.</summary>
    public static bool IsIn(KernelDirectory process)
    {
        try
        {
            using KernelReader? reader = process.TryRead("syscall");
            return reader is not null && reader.ReadLine(out KernelLine line) && !line.TrySkip("running"u8) && !line.Rest.StartsWith("-"u8) && line.TakeInt64() == Number;
        }
        catch (KernelException)
        {
            // Denied, or it has ended; then the score alone counts.
            return false;
        }
    }

    private static int Number => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 168,
        Architecture.Arm64 or Architecture.LoongArch64 => 224,
        _ => 115,
    };
}
