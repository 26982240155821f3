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
    public static IEnumerable<(ulong Start, ulong End)> Filled(ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(mapping);
        return !IsReadable(mapping) ? []
            : mapping.Kind == ProcessMemoryKind.Vdso ? [(start, end)]
            : mapping.Kind == ProcessMemoryKind.HugePage ? FilledInTables(pages, start, end)
            : mapping.Kind == ProcessMemoryKind.SharedMemory || mapping.Path is null ? FilledInMemory(pages, mapping, start, end)
            : pages.FileSystems.Of(mapping) switch
            {
                MappedFileStore.HugePages => FilledInTables(pages, start, end),
                MappedFileStore.Memory => FilledInMemory(pages, mapping, start, end),
                MappedFileStore.Below => FilledBelow(pages, mapping, start, end),
                _ => mapping.IsShared ? FilledInFile(pages, mapping, start, end) : [(start, end)],
            };
    }

    private static IEnumerable<(ulong Start, ulong End)> FilledInMemory(ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end) =>
        mapping.IsShared ? FilledInFile(pages, mapping, start, end)
            : mapping.Path is null ? FilledInTables(pages, start, end)
            : FilledInEither(pages, mapping, start, end);

    // Who may not ask the file reads all of a private mapping: most of these are programs and libraries in containers, without holes.
    private static IEnumerable<(ulong Start, ulong End)> FilledBelow(ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        using KernelFile? file = pages.FileSystems.TryOpen(mapping);
        return file is null && !mapping.IsShared ? [(start, end)] : FilledInMemory(pages, mapping, start, end);
    }

    private static IEnumerable<(ulong Start, ulong End)> FilledInTables(ProcessPages pages, ulong start, ulong end) =>
        Joined(pages.Filled(start, end));

    // Shared memory can be filled by others, or lie in swap, without a trace in this process's page tables.
    private static IEnumerable<(ulong Start, ulong End)> FilledInFile(ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        using KernelFile? shared = pages.FileSystems.TryOpen(mapping);
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
    private static IEnumerable<(ulong Start, ulong End)> FilledInEither(ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end) =>
        Joined(FilledInFile(pages, mapping, start, end).Concat(FilledInTables(pages, start, end)).OrderBy(run => run.Start));

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
