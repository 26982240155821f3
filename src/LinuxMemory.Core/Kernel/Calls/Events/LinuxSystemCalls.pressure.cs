using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    private const int ReadAndWrite = 2;

    public override Errno ProbePressureTrigger()
    {
        try
        {
            // Closing the descriptor takes the trigger away again. Windows of whole 2 s need no privilege since 6.4.
            using KernelFile pressure = FileCalls.Open("/proc/pressure/memory", ReadAndWrite | OpenFlags.NonBlocking);
            byte[] trigger = "some 1900000 2000000\0"u8.ToArray();
            return write(pressure, trigger, trigger.Length) >= 0 ? Errno.None : LastErrno;
        }
        catch (KernelException e)
        {
            return e.Errno;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(KernelFile file, byte[] text, nint length);
}
