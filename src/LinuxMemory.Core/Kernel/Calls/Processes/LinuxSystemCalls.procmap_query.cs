using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    // _IOWR('f', 17, struct procmap_query), the same on every architecture that .NET runs on. Since 6.11.
    internal const nuint ProcMapQuery = 0xC0686611;
    private const ulong CoveringOrNext = 0x10;

    public override Errno ProbeMapQuery()
    {
        MapQuery query = new() { Size = (ulong)Marshal.SizeOf<MapQuery>(), Flags = CoveringOrNext };
        using KernelFile maps = FileCalls.Open("/proc/self/maps", OpenFlags.ReadOnly);
        return ioctl(maps, ProcMapQuery, ref query) >= 0 ? Errno.None : LastErrno;
    }

    internal override long? QueryPageSize(KernelFile maps, ulong address)
    {
        MapQuery query = new() { Size = (ulong)Marshal.SizeOf<MapQuery>(), Address = address };
        return ioctl(maps, ProcMapQuery, ref query) >= 0 ? (long)query.PageSize : null;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(KernelFile file, nuint request, ref MapQuery query);

    /// <summary>struct procmap_query of linux/fs.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MapQuery
    {
        public ulong Size;
        public ulong Flags;
        public ulong Address;
        public ulong Start;
        public ulong End;
        public ulong MappingFlags;
        public ulong PageSize;
        public ulong Offset;
        public ulong Inode;
        public uint DeviceMajor;
        public uint DeviceMinor;
        public uint NameSize;
        public uint BuildIdSize;
        public ulong NameAddress;
        public ulong BuildIdAddress;
    }
}
