using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    // _IOR('f', 1, long) and _IOW('f', 2, long): the size is that of a long, although the kernel moves an int.
    internal static readonly nuint GetFlags = nint.Size == 8 ? 0x80086601u : 0x80046601u;
    internal static readonly nuint SetFlags = nint.Size == 8 ? 0x40086602u : 0x40046602u;

    internal override FileFlags? FlagsOf(KernelFile file)
    {
        long flags = 0;
        return ioctl(file, GetFlags, ref flags) == 0 ? (FileFlags)(int)flags
            : LastErrno is Errno.ENOTTY or Errno.EOPNOTSUPP ? null : throw new KernelException(LastErrno, "FS_IOC_GETFLAGS", file.Name);
    }

    internal override void ChangeFlags(KernelFile file, FileFlags flags)
    {
        long value = (int)flags;
        if (ioctl(file, SetFlags, ref value) != 0)
        {
            throw new KernelException(LastErrno, "FS_IOC_SETFLAGS", file.Name);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(KernelFile file, nuint request, ref long flags);
}

/// <summary>Flags of a file as chattr(1) sets them. Source: linux/fs.h.</summary>
[Flags]
internal enum FileFlags
{
    None = 0,
    Compressed = 0x4,
    Immutable = 0x10,
    AppendOnly = 0x20,
    NoCopyOnWrite = 0x800000,
}
