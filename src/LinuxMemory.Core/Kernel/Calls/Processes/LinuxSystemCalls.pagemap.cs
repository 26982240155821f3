using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    public override unsafe ulong ProbePagemap()
    {
        // A page of our own stack: present, since this very call uses it.
        ulong entry = 0;
        long offset = (long)((ulong)&entry / (ulong)PageSize * sizeof(ulong));
        using KernelFile pagemap = FileCalls.Open("/proc/self/pagemap", OpenFlags.ReadOnly);
        return pread(pagemap, ref entry, sizeof(ulong), offset) >= 0 ? entry : throw new KernelException(LastErrno, nameof(pread), pagemap.Name);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(KernelFile file, ref ulong entry, nint size, long offset);
}
