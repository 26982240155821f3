using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const int EventCloseOnExec = 0x80000;
    internal const int EventNonBlocking = 0x800;

    // A descriptor by which one thread wakes another out of poll.
    private static KernelFile MakeEvent()
    {
        int descriptor = eventfd(0, EventCloseOnExec | EventNonBlocking);
        return descriptor >= 0 ? new KernelFile(descriptor, "an event") : throw new KernelException(LastErrno, nameof(eventfd), "an event");
    }

    private static void Signal(KernelFile file) => _ = write(file, BitConverter.GetBytes(1UL), sizeof(ulong));

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint value, int flags);
}
