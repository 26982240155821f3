using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int AtSymlinkNoFollow = 0x100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxBasicStats = 0x7FF;
    private const uint StatxType = 0x1;
    private const ulong AttributeDax = 0x200000;

    // The last of the year 9999.
    private const long LatestSecond = 253_402_300_799;

    /// <summary>What an open descriptor is.</summary>
    public static FileKind KindOf(KernelFile file) => StatusOf(file).Kind;

    /// <summary>Kind, mode, owner, names, size and time of an open descriptor.</summary>
    public static FileStatus StatusOf(KernelFile file)
    {
        if (statx(file, "", AtEmptyPath, StatxBasicStats, out Statx status) != 0)
        {
            throw new KernelException(LastErrno, nameof(statx), file.Name);
        }
        return new FileStatus(
            (FileKind)(status.Mode & 0xF000), status.Mode & 0xFFF, status.UserId, status.GroupId, status.Links, status.Inode, status.Size)
        {
            Device = new DeviceNumber(status.DeviceMajor, status.DeviceMinor),
            OwnDevice = new DeviceNumber(status.OwnMajor, status.OwnMinor),
            Modified = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(status.Modified, 0, LatestSecond)),
            IsMemoryMapped = (status.Attributes & AttributeDax) != 0,
        };
    }

    /// <summary>What a name in a directory is, without following a link; null when there is none.</summary>
    public static FileKind? TryKindAt(KernelFile directory, string name, out Errno errno)
    {
        errno = statx(directory, name, AtSymlinkNoFollow, StatxType, out Statx status) == 0 ? Errno.None : LastErrno;
        return errno == Errno.None ? (FileKind)(status.Mode & 0xF000) : null;
    }

    /// <summary>True when a name in a directory still means the file that is open.</summary>
    public static bool IsNamed(KernelFile file, KernelFile directory, string name) =>
        statx(directory, name, AtSymlinkNoFollow, StatxBasicStats, out Statx status) == 0 && status.Inode == StatusOf(file).Inode;

    /// <summary>True when two descriptors mean one file.</summary>
    public static bool AreSame(KernelFile one, KernelFile other) =>
        StatusOf(one) is var first && StatusOf(other) is var second && (first.Inode, first.Device) == (second.Inode, second.Device);

    /// <summary>True when a name stands in a directory, whatever it means: also for a link to nowhere.</summary>
    public static bool HasName(KernelFile directory, string name) =>
        statx(directory, name, AtSymlinkNoFollow, StatxBasicStats, out _) == 0;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(KernelFile directory, string path, int flags, uint mask, out Statx status);

    /// <summary>struct statx of statx(2): 256 bytes, of which a few are used here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Statx
    {
        [FieldOffset(8)]
        public ulong Attributes;
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
        [FieldOffset(112)]
        public long Modified;
        [FieldOffset(128)]
        public uint OwnMajor;
        [FieldOffset(132)]
        public uint OwnMinor;
        [FieldOffset(136)]
        public uint DeviceMajor;
        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}

/// <summary>The type bits of a file's mode. Source: inode(7).</summary>
internal enum FileKind
{
    Pipe = 0x1000,
    CharacterDevice = 0x2000,
    Directory = 0x4000,
    Block = 0x6000,
    Regular = 0x8000,
    Link = 0xA000,
}

/// <summary>What stat(2) says about a file; the mode without the type bits.</summary>
internal readonly record struct FileStatus(FileKind Kind, int Mode, uint UserId, uint GroupId, uint Links, ulong Inode, long Size)
{
    /// <summary>When it was last written, to the second.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>The device that the file lies on.</summary>
    public DeviceNumber Device { get; init; }

    /// <summary>The device that a device file is.</summary>
    public DeviceNumber OwnDevice { get; init; }

    /// <summary>True for a file whose memory is the device itself (DAX).</summary>
    public bool IsMemoryMapped { get; init; }
}

/// <summary>A device as sysfs names it: "254:0".</summary>
internal readonly record struct DeviceNumber(uint Major, uint Minor)
{
    public override string ToString() => $"{Major}:{Minor}";
}
