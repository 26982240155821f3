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
