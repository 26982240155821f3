using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/PID/pagemap: 64 bits a page. Bit 63 in memory, 62 in swap, 61 of a file or shared memory, 58 a guard (since 6.15), 57
/// write-protected by userfaultfd (since 5.13), 55 written since; bits 0 to 54 the frame's number, or in swap the area (0 to 4) and the
/// place in it. Frames are 0 without CAP_SYS_ADMIN.
/// </summary>
internal sealed class PageEntries(KernelFile pagemap, int pageSize) : IPageSource
{
    private const int Most = 64 * 1024;
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong File = 1UL << 61;
    private const ulong Guard = 1UL << 58;
    private const ulong WriteProtected = 1UL << 57;
    private const ulong SoftDirty = 1UL << 55;
    private const ulong FrameMask = SoftDirty - 1;
    private const int SwapTypeBits = 5;

    // SWP_PTE_MARKER, the last type: no area of swap, only a note that the page is write-protected. Since 5.19.
    private const int MarkerType = (1 << SwapTypeBits) - 1;

    private ulong[] _entries = [];

    public IEnumerable<PageRun> Populated(ulong start, ulong end)
    {
        PageRun run = default;
        while (start < end)
        {
            int count = Fill(start, (end - start) / (ulong)pageSize);
            if (count == 0)
            {
                // The file ends at once when the process has.
                throw new KernelException(Errno.ESRCH, "pread", pagemap.Name);
            }
            for (int i = 0; i < count; i++, start += (ulong)pageSize)
            {
                PageTraits traits = TraitsOf(_entries[i]);
                if ((traits & (PageTraits.Present | PageTraits.Swapped)) == 0)
                {
                    continue;
                }
                if (run.End == start && run.Traits == traits)
                {
                    run = run with { End = start + (ulong)pageSize };
                    continue;
                }
                if (run.End > 0)
                {
                    yield return run;
                }
                run = new PageRun(start, start + (ulong)pageSize, traits);
            }
        }
        if (run.End > 0)
        {
            yield return run;
        }
    }

    public IEnumerable<PageRun> Contents(ulong start, ulong end) => Populated(start, end);

    /// <summary>The entry of one page; null where there is no page table for such an address.</summary>
    public ulong? Read(ulong address)
    {
        Span<ulong> entry = stackalloc ulong[1];
        return Read(address, entry) == 1 ? entry[0] : null;
    }

    /// <summary>
    /// True for a page that the kernel need ask nobody for: in memory, in swap, or a guard. A write-protected one can count as in swap and hold
    /// nothing; who may not see the place is told that it does not.
    /// </summary>
    public static bool IsThere(ulong entry) =>
        (entry & (Present | Guard)) != 0
        || ((entry & Swapped) != 0 && ((entry & WriteProtected) == 0 || (SwapPlaceOf(entry) is (int type, _) && type != MarkerType)));

    public static bool IsSoftDirty(ulong entry) => (entry & SoftDirty) != 0;

    /// <summary>The number of the frame that a present page is in; null where it is hidden.</summary>
    public static long? FrameOf(ulong entry) => (entry & Present) != 0 && (entry & FrameMask) != 0 ? (long)(entry & FrameMask) : null;

    /// <summary>Area and place of a page in swap; null where they are hidden.</summary>
    public static (int Type, long Offset)? SwapPlaceOf(ulong entry) => (entry & Swapped) != 0 && (entry & FrameMask) != 0
        ? ((int)(entry & ((1 << SwapTypeBits) - 1)), (long)((entry & FrameMask) >> SwapTypeBits)) : null;

    public static PageTraits TraitsOf(ulong entry) =>
        ((entry & Present) != 0 ? PageTraits.Present : 0) | ((entry & Swapped) != 0 ? PageTraits.Swapped : 0)
        | ((entry & File) != 0 ? PageTraits.File : 0) | ((entry & SoftDirty) != 0 ? PageTraits.SoftDirty : 0)
        | ((entry & Guard) != 0 ? PageTraits.Guard : 0);

    private int Fill(ulong start, ulong pages)
    {
        if (_entries.Length < Most && _entries.Length < (long)Math.Min(pages, Most))
        {
            _entries = new ulong[Math.Min(pages, Most)];
        }
        return Read(start, _entries.AsSpan(0, (int)Math.Min(pages, (ulong)_entries.Length)));
    }

    /// <summary>The entries of pages side by side; how many there are.</summary>
    public int Read(ulong address, Span<ulong> entries)
    {
        ulong offset = address / (ulong)pageSize * sizeof(ulong);
        return FileCalls.ReadAt(pagemap, MemoryMarshal.AsBytes(entries), (long)offset) / sizeof(ulong);
    }
}
