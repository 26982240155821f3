using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed unsafe partial class LinuxSystemCalls
{
    // _IOWR('f', 11, struct fiemap), the same on every architecture that .NET runs on.
    internal const nuint FileExtentMap = 0xC020660B;
    private const uint SyncFirst = 1;
    private const int AtOnce = 512;

    internal override IReadOnlyList<FileExtent> Extents(KernelFile file)
    {
        List<FileExtent> all = [];
        byte[] buffer = new byte[sizeof(ExtentMap) + AtOnce * sizeof(Extent)];
        ulong start = 0;
        while (true)
        {
            Span<Extent> found = Extents(file, buffer, start);
            foreach (Extent extent in found)
            {
                all.Add(new FileExtent((long)extent.Logical, (long)extent.Length, (FileExtentFlags)extent.Flags));
            }
            if (found.IsEmpty || (found[^1].Flags & (uint)FileExtentFlags.Last) != 0)
            {
                return all;
            }
            start = found[^1].Logical + found[^1].Length;
        }
    }

    private static Span<Extent> Extents(KernelFile file, byte[] buffer, ulong start)
    {
        Array.Clear(buffer);
        MemoryMarshal.Write(buffer, new ExtentMap { Start = start, Length = ulong.MaxValue - start, Flags = start == 0 ? SyncFirst : 0, Room = AtOnce });
        fixed (byte* map = buffer)
        {
            if (ioctl(file, FileExtentMap, map) != 0)
            {
                throw new KernelException(LastErrno, "FS_IOC_FIEMAP", file.Name);
            }
        }
        int count = (int)MemoryMarshal.Read<ExtentMap>(buffer).Mapped;
        return MemoryMarshal.Cast<byte, Extent>(buffer.AsSpan(sizeof(ExtentMap)))[..count];
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(KernelFile file, nuint request, byte* argument);

    /// <summary>struct fiemap of linux/fiemap.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ExtentMap
    {
        public ulong Start;
        public ulong Length;
        public uint Flags;
        public uint Mapped;
        public uint Room;
        public uint Reserved;
    }

    /// <summary>struct fiemap_extent of linux/fiemap.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Extent
    {
        public ulong Logical;
        public ulong Physical;
        public ulong Length;
        public ulong Reserved1;
        public ulong Reserved2;
        public uint Flags;
        public uint Reserved3;
        public uint Reserved4;
        public uint Reserved5;
    }
}
