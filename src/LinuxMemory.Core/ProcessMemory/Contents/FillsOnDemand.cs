using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Finds pages that reading would wait for, perhaps for ever: those that a program fills when they are touched (userfaultfd, as for
/// virtual machines that move) and did not fill yet. Costs one look into pagemap where all pages are there; maps and smaps are read
/// once, when one is not. Source: the flags um and ui of VmFlags.
/// </summary>
internal sealed class FillsOnDemand : IDisposable
{
    private const int Most = 512;

    private readonly ulong _pageSize;
    private readonly Lazy<PageEntries?> _entries;
    private readonly Lazy<List<(ulong Start, ulong End)>> _possible;
    private readonly Lazy<List<(ulong Start, ulong End)>> _registered;
    private KernelFile? _pagemap;

    public FillsOnDemand(Machine machine, KernelDirectory process)
    {
        MappedFileSystems fileSystems = new(machine.Calls, process);
        _pageSize = (ulong)machine.Calls.PageSize;
        _entries = new(() => TryOpen(process));
        _possible = new(() => [.. ProcessMemoryMap.Read(process, fast: true).Where(mapping => IsPossible(mapping, fileSystems)).Select(mapping => (mapping.Start, mapping.End))]);
        _registered = new(() => [.. ProcessMemoryMap.Read(process).Where(IsRegistered).Select(mapping => (mapping.Start, mapping.End))]);
    }

    /// <summary>True for a mapping whose pages a program fills when they are touched; false, too, where its flags are not known.</summary>
    public static bool IsRegistered(ProcessMemoryMapping mapping) => mapping.VmFlags is { } flags && (flags.Contains("um") || flags.Contains("ui"));

    /// <summary>The first address of a stretch that reading would wait at; null when it would not.</summary>
    /// <exception cref="KernelException">The process has ended.</exception>
    public ulong? FirstIn(ulong address, int length)
    {
        if (address > long.MaxValue || _entries.Value is not PageEntries entries)
        {
            return null;
        }
        ulong end = address + (ulong)length;
        Span<ulong> some = stackalloc ulong[Most];
        for (ulong page = address & ~(_pageSize - 1); page < end;)
        {
            int count = entries.Read(page, some[..(int)Math.Min(Most, (end - page + _pageSize - 1) / _pageSize)]);
            if (count == 0)
            {
                return null;
            }
            for (int i = 0; i < count; i++, page += _pageSize)
            {
                if (PageEntries.IsThere(some[i]))
                {
                    continue;
                }
                if (!Overlaps(_possible.Value, page, end) || !Overlaps(_registered.Value, page, end))
                {
                    return null;
                }
                if (Overlaps(_registered.Value, page, page + _pageSize))
                {
                    return Math.Max(page, address);
                }
            }
        }
        return null;
    }

    public void Dispose() => _pagemap?.Dispose();

    // Private and shared memory and huge pages alone can be registered; of files, which have many pages that nobody touched, those on tmpfs.
    private static bool IsPossible(ProcessMemoryMapping mapping, MappedFileSystems fileSystems) =>
        mapping.Path is null || mapping.Kind is ProcessMemoryKind.Anonymous or ProcessMemoryKind.SharedMemory or ProcessMemoryKind.HugePage
        || fileSystems.Of(mapping) is MappedFileStore.Memory or MappedFileStore.HugePages;

    private static bool Overlaps(List<(ulong Start, ulong End)> ascending, ulong start, ulong end)
    {
        int low = 0;
        for (int high = ascending.Count; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = ascending[middle].End <= start ? (middle + 1, high) : (low, middle);
        }
        return low < ascending.Count && ascending[low].Start < end;
    }

    // Kernels without CONFIG_PROC_PAGE_MONITOR do not have it.
    private PageEntries? TryOpen(KernelDirectory process)
    {
        try
        {
            _pagemap = process.Open(process.Living("pagemap"));
            return new PageEntries(_pagemap, (int)_pageSize);
        }
        catch (KernelException e) when (e.IsDenied || e.Errno == Errno.ENOENT)
        {
            return null;
        }
    }
}
