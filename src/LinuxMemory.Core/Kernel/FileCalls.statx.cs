using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int AtEmptyPath = 0x1000;
    private const uint StatxType = 0x1;

    /// <summary>What an open descriptor is.</summary>
    public static FileKind KindOf(KernelFile file)
    {
        if (statx(file, "", AtEmptyPath, StatxType, out Statx status) != 0)
        {
            throw new KernelException(LastErrno, nameof(statx), file.Name);
        }
        return (FileKind)(status.Mode & 0xF000);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(KernelFile directory, string path, int flags, uint mask, out Statx status);

    /// <summary>struct statx of statx(2): 256 bytes, of which only the mode is used here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}

/// <summary>The type bits of a file's mode. Source: inode(7).</summary>
internal enum FileKind
{
    Directory = 0x4000,
    Regular = 0x8000,
    Link = 0xA000,
}
