using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    private const long ReadOnlyMount = 1;

    internal override FileSystemStatus FileSystemOf(KernelFile file)
    {
        if (fstatfs(file, out StatFs status) != 0)
        {
            throw new KernelException(LastErrno, nameof(fstatfs), file.Name);
        }
        long unit = status.FragmentSize > 0 ? status.FragmentSize : status.BlockSize;
        return new FileSystemStatus(
            (uint)(status.Type & 0xFFFFFFFF), Bytes(status.Blocks, unit), Bytes(status.Available, unit), (status.Flags & ReadOnlyMount) != 0)
        {
            BlockSize = unit,
        };
    }

    // Some file systems without a limit answer with numbers that fit no size.
    private static long Bytes(ulong blocks, long unit) => unit > 0 && blocks <= (ulong)(long.MaxValue / unit) ? (long)blocks * unit : long.MaxValue;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fstatfs(KernelFile file, out StatFs status);

    /// <summary>struct statfs of a 64-bit machine: 120 bytes, of which a few are used here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 120)]
    internal struct StatFs
    {
        [FieldOffset(0)]
        public long Type;
        [FieldOffset(8)]
        public long BlockSize;
        [FieldOffset(16)]
        public ulong Blocks;
        [FieldOffset(32)]
        public ulong Available;
        [FieldOffset(72)]
        public long FragmentSize;
        [FieldOffset(80)]
        public long Flags;
    }
}

/// <summary>What statfs(2) says about a file system: its magic number, and bytes in all and free for us.</summary>
internal readonly record struct FileSystemStatus(uint Magic, long Size, long Available, bool IsReadOnly)
{
    /// <summary>Bytes in the smallest piece that a file can have; 0 where that is not told.</summary>
    public long BlockSize { get; init; }
}
