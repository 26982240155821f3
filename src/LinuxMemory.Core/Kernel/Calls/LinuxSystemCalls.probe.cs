using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    // Descriptor and process -1 exist nowhere, so a kernel that has the call answers EBADF or EINVAL, and one that lacks it ENOSYS.
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    public override Errno Probe(ProbedCall call)
    {
        if (syscall((nint)call, -1, 0, 0, 0, 0) >= 0)
        {
            return Errno.None;
        }
        // What else it says is about the arguments. A seccomp filter answers EPERM for calls that it does not let through.
        return LastErrno is Errno.ENOSYS or Errno.EPERM ? LastErrno : Errno.None;
    }
}
