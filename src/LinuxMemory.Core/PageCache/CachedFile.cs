using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The pages of one file in the page cache.</summary>
public static class CachedFile
{
    /// <summary>Writes what is dirty of a file to disk and drops its cached pages. Pages that a program has mapped stay.</summary>
    /// <param name="machine">The live machine.</param>
    /// <param name="path">An absolute path; a symbolic link is not followed.</param>
    /// <param name="syncsFirst">Write dirty pages before; they stay otherwise.</param>
    /// <exception cref="KernelException">It is absent, denied, a link (ELOOP), a directory (EISDIR) or no regular file.</exception>
    public static PageCacheClearing Evict(Machine machine, string path, bool syncsFirst)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelFile file = OpenRegular(machine, path);
        long start = Stopwatch.GetTimestamp();
        long? before = CachedBytes(machine, file);
        if (syncsFirst)
        {
            FileCalls.Sync(file);
        }
        machine.Calls.DropCachedPages(file);
        return new PageCacheClearing
        {
            Mode = PageCacheMode.File,
            Path = file.Name,
            Before = before,
            After = CachedBytes(machine, file),
            Duration = Stopwatch.GetElapsedTime(start),
        };
    }

    /// <summary>Opens a file to make sure that it is one whose pages can be dropped; nothing is changed.</summary>
    /// <exception cref="KernelException">It is absent, denied, a link, a directory or no regular file.</exception>
    public static void Require(Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        OpenRegular(machine, path).Dispose();
    }

    private static KernelFile OpenRegular(Machine machine, string path)
    {
        KernelFile file = machine.OpenFile(path);
        FileKind kind = FileCalls.KindOf(file);
        if (kind == FileKind.Regular)
        {
            return file;
        }
        file.Dispose();
        throw new KernelException(kind == FileKind.Directory ? Errno.EISDIR : Errno.EOPNOTSUPP, "open", path);
    }

    // Without the right to write, mincore calls everything resident; not to know is better.
    private static long? CachedBytes(Machine machine, KernelFile file)
    {
        long? pages = machine.Calls.CountCachedPages(file)?.Cached;
        if (pages is null && !machine.Calls.Has(ProbedCall.Cachestat) && FileCalls.CanWrite(file))
        {
            pages = machine.Calls.CountResidentPages(file);
        }
        return pages * machine.Calls.PageSize;
    }
}
