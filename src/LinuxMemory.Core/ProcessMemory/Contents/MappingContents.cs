using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Which stretches of a mapping hold something that can be read. Memory that nothing filled is all zeros and is left out: reading
/// it would make page tables for it, and of shared memory and huge pages even pages.
/// </summary>
public static class MappingContents
{
    /// <summary>True for memory that may be read without harm: not that of devices, where reading can do something.</summary>
    public static bool IsReadable(ProcessMemoryMapping mapping) =>
        mapping?.IsReadable == true && mapping.Kind is not (ProcessMemoryKind.Device or ProcessMemoryKind.Vsyscall or ProcessMemoryKind.Vvar);

    /// <summary>The stretches of a mapping between two addresses, ascending.</summary>
    /// <exception cref="KernelException">The process has ended.</exception>
    public static IEnumerable<(ulong Start, ulong End)> Filled(KernelDirectory process, ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(mapping);
        return !IsReadable(mapping) ? []
            : mapping.Kind == ProcessMemoryKind.HugePage ? FilledInTables(pages, start, end)
            : mapping.IsShared ? FilledInFile(process, pages, mapping, start, end)
            : mapping.Kind == ProcessMemoryKind.SharedMemory ? FilledInEither(process, pages, mapping, start, end)
            : mapping.Path is not null || mapping.Kind == ProcessMemoryKind.Vdso ? [(start, end)]
            : FilledInTables(pages, start, end);
    }

    private static IEnumerable<(ulong Start, ulong End)> FilledInTables(ProcessPages pages, ulong start, ulong end) =>
        Joined(pages.Filled(start, end));

    // Shared memory can be filled by others, or lie in swap, without a trace in this process's page tables.
    private static IEnumerable<(ulong Start, ulong End)> FilledInFile(KernelDirectory process, ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        using KernelFile? shared = TryOpen(process, mapping);
        if (shared is null)
        {
            foreach ((ulong Start, ulong End) run in FilledInTables(pages, start, end))
            {
                yield return run;
            }
            yield break;
        }
        long shift = unchecked((long)mapping.Offset - (long)mapping.Start);
        ulong page = (ulong)pages.PageSize;
        for (ulong next = start; next < end && FileCalls.NextData(shared, unchecked((long)next + shift)) is (long first, long last);)
        {
            ulong from = Math.Max(next, unchecked((ulong)(first - shift)));
            if (from >= end)
            {
                yield break;
            }
            // The end of a file need not be that of a page.
            next = Math.Min(end, (unchecked((ulong)(last - shift)) + page - 1) & ~(page - 1));
            yield return (from, next);
        }
    }

    // Of a private mapping of such memory, what the process wrote is its own, and can lie where the file has a hole.
    private static IEnumerable<(ulong Start, ulong End)> FilledInEither(KernelDirectory process, ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end) =>
        Joined(FilledInFile(process, pages, mapping, start, end).Concat(FilledInTables(pages, start, end)).OrderBy(run => run.Start));

    private static KernelFile? TryOpen(KernelDirectory process, ProcessMemoryMapping mapping)
    {
        try
        {
            return process.Open(string.Create(CultureInfo.InvariantCulture, $"map_files/{mapping.Start:x}-{mapping.End:x}"));
        }
        // What is no file of a file system, such as a ring of io_uring, cannot be opened by its link (ENXIO).
        catch (KernelException e) when (e.IsDenied || e.IsAbsent || e.Errno == Errno.ENXIO)
        {
            return null;
        }
    }

    private static IEnumerable<(ulong Start, ulong End)> Joined(IEnumerable<(ulong Start, ulong End)> runs)
    {
        (ulong Start, ulong End) last = default;
        foreach ((ulong Start, ulong End) run in runs)
        {
            if (run.Start <= last.End && last.End > 0)
            {
                last.End = Math.Max(last.End, run.End);
                continue;
            }
            if (last.End > 0)
            {
                yield return last;
            }
            last = run;
        }
        if (last.End > 0)
        {
            yield return last;
        }
    }
}
