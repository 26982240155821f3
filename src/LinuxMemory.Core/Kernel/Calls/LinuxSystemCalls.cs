using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

/// <summary>This computer's kernel. One system call a file; each reads errno at once and throws a <see cref="KernelException"/>.</summary>
internal sealed partial class LinuxSystemCalls : SystemCalls
{
    public override int PageSize => Environment.SystemPageSize;

    private static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();
}
