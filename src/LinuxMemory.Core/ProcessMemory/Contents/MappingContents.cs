namespace LinuxMemory;

/// <summary>Which stretches of a mapping hold something that can be read. Private memory that nothing filled is all zeros and is left out: reading it would make page tables for it.</summary>
public static class MappingContents
{
    /// <summary>True for memory that may be read without harm: not that of devices, where reading can do something.</summary>
    public static bool IsReadable(ProcessMemoryMapping mapping) =>
        mapping?.IsReadable == true && mapping.Kind is not (ProcessMemoryKind.Device or ProcessMemoryKind.Vsyscall or ProcessMemoryKind.Vvar);

    /// <summary>The stretches of a mapping between two addresses, ascending.</summary>
    /// <exception cref="LinuxMemory.Kernel.KernelException">The process has ended.</exception>
    public static IEnumerable<(ulong Start, ulong End)> Filled(ProcessPages pages, ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(mapping);
        return !IsReadable(mapping) ? []
            : mapping.Path is not null || mapping.IsShared || mapping.Kind == ProcessMemoryKind.Vdso ? [(start, end)]
            : Joined(pages.Populated(start, end).Where(run => run.State != PageState.NotPopulated));
    }

    private static IEnumerable<(ulong Start, ulong End)> Joined(IEnumerable<PageRun> runs)
    {
        (ulong Start, ulong End) last = default;
        foreach (PageRun run in runs)
        {
            if (run.Start == last.End && last.End > 0)
            {
                last.End = run.End;
                continue;
            }
            if (last.End > 0)
            {
                yield return last;
            }
            last = (run.Start, run.End);
        }
        if (last.End > 0)
        {
            yield return last;
        }
    }
}
