using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

/// <summary>The error numbers of Linux that the module tells apart, with the kernel's names. Source: errno(3).</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,
    /// <summary>Operation not permitted: a capability is missing.</summary>
    EPERM = 1,
    /// <summary>No such file or directory.</summary>
    ENOENT = 2,
    /// <summary>No such process: it ended, or it is a kernel thread without memory of its own.</summary>
    ESRCH = 3,
    /// <summary>Interrupted system call.</summary>
    EINTR = 4,
    /// <summary>Input/output error.</summary>
    EIO = 5,
    /// <summary>No such device or address.</summary>
    ENXIO = 6,
    /// <summary>Bad file descriptor.</summary>
    EBADF = 9,
    /// <summary>Try again.</summary>
    EAGAIN = 11,
    /// <summary>Out of memory.</summary>
    ENOMEM = 12,
    /// <summary>Permission denied: the file's mode or owner forbids it.</summary>
    EACCES = 13,
    /// <summary>Bad address.</summary>
    EFAULT = 14,
    /// <summary>Device or resource busy.</summary>
    EBUSY = 16,
    /// <summary>File exists.</summary>
    EEXIST = 17,
    /// <summary>Cross-device link.</summary>
    EXDEV = 18,
    /// <summary>No such device.</summary>
    ENODEV = 19,
    /// <summary>Not a directory.</summary>
    ENOTDIR = 20,
    /// <summary>Is a directory.</summary>
    EISDIR = 21,
    /// <summary>Invalid argument.</summary>
    EINVAL = 22,
    /// <summary>Inappropriate ioctl for device.</summary>
    ENOTTY = 25,
    /// <summary>Text file busy.</summary>
    ETXTBSY = 26,
    /// <summary>File too large.</summary>
    EFBIG = 27,
    /// <summary>No space left on device.</summary>
    ENOSPC = 28,
    /// <summary>Read-only file system.</summary>
    EROFS = 30,
    /// <summary>Too many links: a file has more names than one.</summary>
    EMLINK = 31,
    /// <summary>Broken pipe: of /dev/kmsg, records were overwritten before they were read.</summary>
    EPIPE = 32,
    /// <summary>Result too large.</summary>
    ERANGE = 34,
    /// <summary>File name too long.</summary>
    ENAMETOOLONG = 36,
    /// <summary>The kernel does not have this system call.</summary>
    ENOSYS = 38,
    /// <summary>Directory not empty.</summary>
    ENOTEMPTY = 39,
    /// <summary>Too many levels of symbolic links.</summary>
    ELOOP = 40,
    /// <summary>Operation not supported.</summary>
    EOPNOTSUPP = 95,
}

/// <summary>What error numbers mean.</summary>
public static class ErrnoText
{
    /// <summary>The C library's sentence with the kernel's name behind it: "Permission denied (EACCES)".</summary>
    public static string Describe(this Errno errno) => $"{Marshal.GetPInvokeErrorMessage((int)errno)} ({errno})";

    internal static bool IsAbsent(this Errno errno) => errno is Errno.ENOENT or Errno.ESRCH or Errno.ENODEV or Errno.ENXIO or Errno.ENOTDIR;
}
