using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int AtSymlinkNoFollow = 0x100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxBasicStats = 0x7FF;

    /// <summary>What an open descriptor is.</summary>
    public static FileKind KindOf(KernelFile file) => StatusOf(file).Kind;

    /// <summary>Kind, mode, owner, names and size of an open descriptor.</summary>
    public static FileStatus StatusOf(KernelFile file)
    {
        if (statx(file, "", AtEmptyPath, StatxBasicStats, out Statx status) != 0)
        {
            throw new KernelException(LastErrno, nameof(statx), file.Name);
        }
        return new FileStatus(
            (FileKind)(status.Mode & 0xF000), status.Mode & 0xFFF, status.UserId, status.GroupId, status.Links, status.Inode, status.Size);
    }

    /// <summary>True when a name in a directory still means the file that is open.</summary>
    public static bool IsNamed(KernelFile file, KernelFile directory, string name) =>
        statx(directory, name, AtSymlinkNoFollow, StatxBasicStats, out Statx status) == 0 && status.Inode == StatusOf(file).Inode;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(KernelFile directory, string path, int flags, uint mask, out Statx status);

    /// <summary>struct statx of statx(2): 256 bytes, of which a few are used here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Statx
    {
        [FieldOffset(16)]
        public uint Links;
        [FieldOffset(20)]
        public uint UserId;
        [FieldOffset(24)]
        public uint GroupId;
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(40)]
        public long Size;
    }
}

/// <summary>The type bits of a file's mode. Source: inode(7).</summary>
internal enum FileKind
{
    Directory = 0x4000,
    Regular = 0x8000,
    Link = 0xA000,
}

/// <summary>What stat(2) says about a file; the mode without the type bits.</summary>
internal readonly record struct FileStatus(FileKind Kind, int Mode, uint UserId, uint GroupId, uint Links, ulong Inode, long Size);
