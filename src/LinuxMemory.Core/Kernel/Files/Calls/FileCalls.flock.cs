using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;

    /// <summary>Takes the lock on an open file, which goes with the descriptor; false while somebody else has it.</summary>
    public static bool TryLock(KernelFile file)
    {
        if (flock(file, LockExclusive | LockNonBlocking) == 0)
        {
            return true;
        }
        return LastErrno is Errno.EAGAIN or Errno.EINTR ? false : throw new KernelException(LastErrno, nameof(flock), file.Name);
    }

    /// <summary>Takes the lock, waiting for at most ten seconds for somebody who has it.</summary>
    public static void Lock(KernelFile file)
    {
        const int milliseconds = 10_000;
        long start = Environment.TickCount64;
        while (!TryLock(file))
        {
            if (Environment.TickCount64 - start > milliseconds)
            {
                throw new KernelException(Errno.EAGAIN, nameof(flock), file.Name);
            }
            Thread.Sleep(1);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(KernelFile file, int operation);
}
