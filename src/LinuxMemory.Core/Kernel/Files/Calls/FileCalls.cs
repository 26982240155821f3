using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

/// <summary>
/// The calls by which files of a machine are opened and read. They work on a tree of files as on the live machine, unlike
/// <see cref="SystemCalls"/>, which ask a kernel.
/// </summary>
internal static partial class FileCalls
{
    /// <summary>Opens a path; <paramref name="name"/> is what messages call it, where that differs.</summary>
    public static KernelFile Open(string path, int flags, string? name = null) =>
        TryOpen(path, flags, out Errno errno, name) ?? throw new KernelException(errno, OperationOf(flags), name ?? path);

    /// <summary>Null when the file is absent.</summary>
    public static KernelFile? TryOpen(string path, int flags)
    {
        KernelFile? file = TryOpen(path, flags, out Errno errno, path);
        return file is not null || errno.IsAbsent() ? file : throw new KernelException(errno, nameof(open), path);
    }

    private static KernelFile? TryOpen(string path, int flags, out Errno errno, string? name)
    {
        int descriptor;
        do
        {
            descriptor = open(path, flags | OpenFlags.CloseOnExec);
            errno = descriptor >= 0 ? default : LastErrno;
        }
        while (errno == Errno.EINTR);
        return descriptor >= 0 ? new KernelFile(descriptor, name ?? path) : null;
    }

    public static KernelFile OpenAt(KernelFile directory, string path, int flags, string name) =>
        TryOpenAt(directory, path, flags, name, out Errno errno) ?? throw new KernelException(errno, OperationOf(flags), name);

    /// <summary>Null when the file is absent.</summary>
    public static KernelFile? TryOpenAt(KernelFile directory, string path, int flags, string name)
    {
        KernelFile? file = TryOpenAt(directory, path, flags, name, out Errno errno);
        return file is not null || errno.IsAbsent() ? file : throw new KernelException(errno, OperationOf(flags), name);
    }

    private static KernelFile? TryOpenAt(KernelFile directory, string path, int flags, string name, out Errno errno)
    {
        int descriptor = openat(directory, path, flags | OpenFlags.CloseOnExec);
        errno = descriptor >= 0 ? default : LastErrno;
        return descriptor >= 0 ? new KernelFile(descriptor, name) : null;
    }

    public static int Read(KernelFile file, Span<byte> buffer)
    {
        nint count;
        do
        {
            count = read(file, ref MemoryMarshal.GetReference(buffer), buffer.Length);
        }
        while (count < 0 && LastErrno == Errno.EINTR);
        return count >= 0 ? (int)count : throw new KernelException(LastErrno, nameof(read), file.Name);
    }

    private static string OperationOf(int flags) => (flags & (OpenFlags.WriteOnly | OpenFlags.ReadWrite)) == 0 ? "open" : "open for writing";

    public static bool Close(int descriptor) => close(descriptor) == 0;

    internal static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int openat(KernelFile directory, string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(KernelFile file, ref byte buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
