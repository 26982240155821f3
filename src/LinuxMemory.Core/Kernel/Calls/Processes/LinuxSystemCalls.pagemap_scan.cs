using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    // _IOWR('f', 16, struct pm_scan_arg), the same on every architecture that .NET runs on. Since 6.7.
    internal const nuint PagemapScan = 0xC0606610;

    public override Errno ProbePageScan()
    {
        // The first page of the address space is mapped in no process: the walk finds nothing and reports nothing.
        PageScanArgument argument = new() { Size = (ulong)Marshal.SizeOf<PageScanArgument>(), End = (ulong)PageSize };
        using KernelFile pagemap = FileCalls.Open("/proc/self/pagemap", OpenFlags.ReadOnly);
        return ioctl(pagemap, PagemapScan, ref argument) >= 0 ? Errno.None : LastErrno;
    }

    internal override unsafe int ScanPages(KernelFile pagemap, ulong start, ulong end, ulong categories, PageRegion[] regions, out ulong walked)
    {
        fixed (PageRegion* first = regions)
        {
            PageScanArgument argument = new()
            {
                Size = (ulong)sizeof(PageScanArgument),
                Start = start,
                End = end,
                Regions = (ulong)first,
                RegionCount = (ulong)regions.Length,
                CategoryAnyOfMask = PageCategory.Present | PageCategory.Swapped,
                ReturnMask = categories,
            };
            int found = Scan(pagemap, ref argument);
            if (found < 0 && LastErrno == Errno.EINVAL && (categories & PageCategory.Guard) != 0)
            {
                // Guards came as a category of their own with 6.16; a kernel refuses what it does not know.
                argument.ReturnMask &= ~PageCategory.Guard;
                found = Scan(pagemap, ref argument);
            }
            walked = argument.WalkEnd;
            return found >= 0 ? found : throw new KernelException(LastErrno, "PAGEMAP_SCAN", pagemap.Name);
        }
    }

    private static int Scan(KernelFile pagemap, ref PageScanArgument argument)
    {
        int found;
        do
        {
            found = ioctl(pagemap, PagemapScan, ref argument);
        }
        while (found < 0 && LastErrno == Errno.EINTR);
        return found;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(KernelFile file, nuint request, ref PageScanArgument argument);

    /// <summary>struct pm_scan_arg of linux/fs.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PageScanArgument
    {
        public ulong Size;
        public ulong Flags;
        public ulong Start;
        public ulong End;
        public ulong WalkEnd;
        public ulong Regions;
        public ulong RegionCount;
        public ulong MostPages;
        public ulong CategoryInverted;
        public ulong CategoryMask;
        public ulong CategoryAnyOfMask;
        public ulong ReturnMask;
    }
}

/// <summary>PAGE_IS_ bits of PAGEMAP_SCAN.</summary>
internal static class PageCategory
{
    public const ulong File = 1 << 2;
    public const ulong Present = 1 << 3;
    public const ulong Swapped = 1 << 4;
    public const ulong Huge = 1 << 6;
    public const ulong SoftDirty = 1 << 7;
    public const ulong Guard = 1 << 8;

    /// <summary>Whether a page holds something: the kernel finds this in the page table alone.</summary>
    public const ulong Content = Present | Swapped | Guard;

    /// <summary>All that is shown. For <see cref="File"/> the kernel looks at each frame, which takes four times as long.</summary>
    public const ulong All = Content | File | Huge | SoftDirty;
}
