using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    // Descriptor and process -1 exist nowhere, so a kernel that has the call answers EBADF or EINVAL, and one that lacks it ENOSYS.
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    public override bool Has(ProbedCall call) => syscall((nint)call, -1, 0, 0, 0, 0) >= 0 || LastErrno != Errno.ENOSYS;
}
