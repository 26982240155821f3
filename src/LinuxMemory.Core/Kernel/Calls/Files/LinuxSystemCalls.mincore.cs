using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    private const long Window = 1L << 30;
    private const int ProtectNone = 0;
    private const int MapShared = 1;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, KernelFile file, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mincore(nint address, nint length, byte[] pages);

    internal override long CountResidentPages(KernelFile file)
    {
        long size = FileCalls.StatusOf(file).Size;
        long resident = 0;
        byte[] pages = new byte[Window / PageSize];
        for (long offset = 0; offset < size; offset += Window)
        {
            resident += ResidentIn(file, offset, Math.Min(Window, size - offset), pages);
        }
        return resident;
    }

    private static long ResidentIn(KernelFile file, long offset, long length, byte[] pages)
    {
        nint address = mmap(0, (nint)length, ProtectNone, MapShared, file, offset);
        if (address == -1)
        {
            throw new KernelException(LastErrno, nameof(mmap), file.Name);
        }
        try
        {
            if (mincore(address, (nint)length, pages) != 0)
            {
                throw new KernelException(LastErrno, nameof(mincore), file.Name);
            }
        }
        finally
        {
            _ = munmap(address, (nint)length);
        }
        int count = (int)((length + Environment.SystemPageSize - 1) / Environment.SystemPageSize);
        return pages.AsSpan(0, count).ToArray().Count(page => (page & 1) != 0);
    }
}
