using System.Globalization;
using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal override long MovePages(int id, IReadOnlyCollection<int> from, IReadOnlyCollection<int> to)
    {
        int words = (from.Concat(to).Max() / 64) + 1;
        // The kernel takes one bit less than it is told.
        nint left = syscall(MigratePages, id, (words * 64) + 1, Mask(from, words), Mask(to, words));
        return left >= 0 ? left : throw new KernelException(LastErrno, "migrate_pages", string.Create(CultureInfo.InvariantCulture, $"process {id}"));
    }

    // Numbered like most old calls: differently on every architecture.
    private static nint MigratePages => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 256,
        Architecture.X86 => 294,
        Architecture.Arm => 400,
        Architecture.Arm64 or Architecture.LoongArch64 => 238,
        Architecture.Ppc64le => 258,
        Architecture.S390x => 287,
        _ => throw new KernelException(Errno.ENOSYS, "migrate_pages", "this architecture"),
    };

    private static ulong[] Mask(IReadOnlyCollection<int> nodes, int words)
    {
        ulong[] mask = new ulong[words];
        foreach (int node in nodes)
        {
            mask[node / 64] |= 1UL << (node % 64);
        }
        return mask;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint id, nint most, ulong[] from, ulong[] to);
}
