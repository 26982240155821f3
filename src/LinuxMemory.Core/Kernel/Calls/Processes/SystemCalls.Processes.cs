namespace LinuxMemory.Kernel;

public partial class SystemCalls
{
    /// <summary>
    /// Finds the populated pages of a stretch of address space, as runs of pages of one sort. Returns how many runs there are;
    /// <paramref name="walked"/> is how far the walk came before the buffer was full. Source: PAGEMAP_SCAN, since 6.7.
    /// </summary>
    internal virtual int ScanPages(KernelFile pagemap, ulong start, ulong end, ulong categories, PageRegion[] regions, out ulong walked) => throw new NeedsLiveMachineException("PAGEMAP_SCAN");

    /// <summary>The page size of the mapping that holds an address; null where the kernel cannot be asked or there is no mapping. Source: PROCMAP_QUERY, since 6.11.</summary>
    internal virtual long? QueryPageSize(KernelFile maps, ulong address) => throw new NeedsLiveMachineException("PROCMAP_QUERY");

    /// <summary>Holds a process: what is done through it never hits another one that came to the same id. Source: pidfd_open(2), since 5.3.</summary>
    internal virtual KernelFile HoldProcess(int id) => throw new NeedsLiveMachineException("pidfd_open");

    /// <summary>True while a held process has not ended, or its end is not collected yet, so that its id is still its own. Source: pidfd_send_signal(2) with signal 0.</summary>
    internal virtual bool IsHeld(KernelFile process) => throw new NeedsLiveMachineException("pidfd_send_signal");

    /// <summary>Reads memory of another process; how many bytes came before the first that cannot be read. Source: process_vm_readv(2).</summary>
    internal virtual int ReadMemory(int id, ulong address, Span<byte> buffer) => throw new NeedsLiveMachineException("process_vm_readv");

    /// <summary>A limit of a process. Source: prlimit(2).</summary>
    internal virtual LimitPair ReadLimit(int id, int resource) => throw new NeedsLiveMachineException("prlimit");

    /// <summary>Sets a limit of a process. Source: prlimit(2).</summary>
    internal virtual void WriteLimit(int id, int resource, LimitPair limit) => throw new NeedsLiveMachineException("prlimit");

    /// <summary>Moves a process's pages between nodes; how many could not be moved. Source: migrate_pages(2).</summary>
    internal virtual long MovePages(int id, IReadOnlyCollection<int> from, IReadOnlyCollection<int> to) => throw new NeedsLiveMachineException("migrate_pages");

    /// <summary>Tells the kernel what to do with a stretch of a held process's memory; how many bytes it took the advice for. Source: process_madvise(2), since 5.10.</summary>
    internal virtual long Advise(KernelFile process, ulong address, ulong length, int advice) => throw new NeedsLiveMachineException("process_madvise");
}

/// <summary>struct page_region of linux/fs.h: pages side by side of one sort.</summary>
internal struct PageRegion
{
    public ulong Start;
    public ulong End;
    public ulong Categories;
}

/// <summary>struct rlimit64: all bits set are no limit.</summary>
internal readonly record struct LimitPair(ulong Soft, ulong Hard)
{
    public const ulong Unlimited = ulong.MaxValue;
}
