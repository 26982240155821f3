using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    // The same number on every architecture: openat2 is younger than the common table. Since 5.6.
    private const nint Openat2Number = 437;
    private const ulong ResolveNoMagicLinks = 0x02;
    private const ulong ResolveInRoot = 0x10;

    /// <summary>Opens a path as if the directory were the root: no link and no ".." leads out of it. Null where the kernel cannot.</summary>
    public static KernelFile? OpenInRoot(KernelFile root, string path, int flags, string name) =>
        TryOpenInRoot(root, path, flags, name, out Errno errno)
        ?? (errno == Errno.ENOSYS ? null : throw new KernelException(errno, nameof(open), name));

    /// <summary>Null with the reason when it cannot be opened; the reason is ENOSYS where the kernel lacks the call.</summary>
    public static KernelFile? TryOpenInRoot(KernelFile root, string path, int flags, string name, out Errno errno)
    {
        OpenHow how = new() { Flags = (ulong)(uint)(flags | OpenFlags.CloseOnExec), Resolve = ResolveInRoot | ResolveNoMagicLinks };
        long descriptor;
        do
        {
            descriptor = syscall(Openat2Number, root, path, ref how, Marshal.SizeOf<OpenHow>());
        }
        while (descriptor < 0 && LastErrno == Errno.EINTR);
        // Containers with an old seccomp filter answer EPERM for a call that they do not know.
        errno = descriptor >= 0 ? Errno.None : LastErrno == Errno.EPERM ? Errno.ENOSYS : LastErrno;
        return descriptor >= 0 ? new KernelFile((int)descriptor, name) : null;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall(nint number, KernelFile directory, string path, ref OpenHow how, nint size);

    /// <summary>struct open_how of openat2(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
