using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A way to find the populated pages of a stretch of address space.</summary>
internal interface IPageSource
{
    /// <summary>The populated runs between two page boundaries, ascending.</summary>
    IEnumerable<PageRun> Populated(ulong start, ulong end);

    /// <summary>The same, known only so far as to tell what holds something; traits may be missing.</summary>
    IEnumerable<PageRun> Contents(ulong start, ulong end);
}

/// <summary>The kernel's own search, PAGEMAP_SCAN: it hands out runs and passes over empty page tables at once.</summary>
internal sealed class PageScan(SystemCalls calls, KernelFile pagemap, PageEntries entries) : IPageSource
{
    private const int Most = 4096;

    private readonly PageRegion[] _regions = new PageRegion[Most];

    public IEnumerable<PageRun> Populated(ulong start, ulong end) => Scan(start, end, PageCategory.All);

    public IEnumerable<PageRun> Contents(ulong start, ulong end) => Scan(start, end, PageCategory.Content);

    private IEnumerable<PageRun> Scan(ulong start, ulong end, ulong categories)
    {
        while (start < end)
        {
            int found = calls.ScanPages(pagemap, start, end, categories, _regions, out ulong walked);
            // Of a process that has ended, 6.12 finds nothing and says nothing; the file then has no entries.
            if (found == 0 && entries.Read(start) is null)
            {
                throw new KernelException(Errno.ESRCH, "PAGEMAP_SCAN", pagemap.Name);
            }
            for (int i = 0; i < found; i++)
            {
                yield return new PageRun(_regions[i].Start, _regions[i].End, Traits(_regions[i].Categories));
            }
            start = walked > start ? walked : end;
        }
    }

    // The bits of PAGEMAP_SCAN from File on stand in the order of ours, with one between them.
    private static PageTraits Traits(ulong categories) =>
        (PageTraits)(((categories >> 2) & 7) | ((categories >> 3) & 0x38));
}
