using System.Globalization;
using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    // The same on every architecture.
    private const nint PidfdSendSignal = 424;

    internal override KernelFile HoldProcess(int id)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"process {id}");
        nint descriptor = syscall((nint)ProbedCall.PidfdOpen, id, 0, 0, 0, 0);
        return descriptor >= 0 ? new KernelFile((int)descriptor, name) : throw new KernelException(LastErrno, "pidfd_open", name);
    }

    internal override bool IsHeld(KernelFile process) =>
        syscall(PidfdSendSignal, process, 0, 0, 0) == 0
        || LastErrno switch
        {
            Errno.ESRCH => false,
            // It is there and another user's: whether that matters is for the call that is made next.
            Errno.EPERM => true,
            _ => throw new KernelException(LastErrno, "pidfd_send_signal", process.Name),
        };

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, KernelFile process, nint signal, nint information, nint flags);
}
