namespace LinuxMemory;

/// <summary>What file systems make of swap files. Source: swapon(8), the kernel's file systems, and the tests that make files on them.</summary>
internal sealed record SwapFileSystem(string Name, string? Refusal = null, string? Instead = null, bool NeedsNoCopyOnWrite = false)
{
    private const string OnDisk = "a directory on ext4, XFS, btrfs or F2FS";

    private static readonly Dictionary<uint, SwapFileSystem> Known = new()
    {
        [0xEF53] = new("ext4"),
        [0x58465342] = new("xfs"),
        [0x9123683E] = new("btrfs", NeedsNoCopyOnWrite: true),
        [0xF2F52010] = new("f2fs"),
        [0x01021994] = new("tmpfs", "its files are themselves in memory and in swap", $"{OnDisk}, or New-ZramSwap for compressed swap in memory"),
        [0x858458F6] = new("ramfs", "its files are themselves in memory", $"{OnDisk}, or New-ZramSwap for compressed swap in memory"),
        [0x794C7630] = new("overlay", "the kernel has no way from its files to blocks of a device", "a volume or a host directory on ext4, XFS or btrfs; in a container swap belongs to the host"),
        [0x61756673] = new("aufs", "the kernel has no way from its files to blocks of a device", OnDisk),
        [0x6969] = new("nfs", "swapping over the network needs memory to get memory, and can hang the machine", "a local disk, or New-ZramSwap"),
        [0xFF534D42] = new("cifs", "swapping over the network needs memory to get memory, and can hang the machine", "a local disk, or New-ZramSwap"),
        [0xFE534D42] = new("smb2", "swapping over the network needs memory to get memory, and can hang the machine", "a local disk, or New-ZramSwap"),
        [0x00C36400] = new("ceph", "swapping over the network needs memory to get memory, and can hang the machine", "a local disk, or New-ZramSwap"),
        [0x01021997] = new("9p", "its blocks lie on another machine", "a disk of this machine, or New-ZramSwap"),
        [0x65735546] = new("fuse", "its files are kept by a program, which itself could be swapped out", OnDisk),
        [0x2FC12FC1] = new("zfs", "ZFS has no swap files", "a partition of its own (a zvol can hang when memory is short), or New-ZramSwap"),
        [0xCA451A4E] = new("bcachefs", "it has no swap files", $"{OnDisk}, or a partition"),
        [0x4D44] = new("vfat", "it has no file modes: whoever may read it could read what was in memory", OnDisk),
        [0x2011BAB0] = new("exfat", "it has no file modes: whoever may read it could read what was in memory", OnDisk),
        [0x73717368] = new("squashfs", "it can only be read", OnDisk),
        [0xE0F5E1E2] = new("erofs", "it can only be read", OnDisk),
        [0x9660] = new("iso9660", "it can only be read", OnDisk),
        [0x9FA0] = new("proc", "it holds no files on a device", OnDisk),
        [0x62656572] = new("sysfs", "it holds no files on a device", OnDisk),
        [0x958458F6] = new("hugetlbfs", "its files are themselves in memory", OnDisk),
        [0xF15F] = new("ecryptfs", "the kernel has no way from its files to blocks of a device", "a directory that is not encrypted by it, or a partition"),
    };

    /// <summary>The file system with a magic number; one that nobody here knows is left to the kernel.</summary>
    public static SwapFileSystem Of(uint magic) =>
        Known.TryGetValue(magic, out SwapFileSystem? known) ? known : new SwapFileSystem($"the file system 0x{magic:x}");

    /// <summary>The one with a name as in mountinfo.</summary>
    public static SwapFileSystem Named(string name) =>
        Known.Values.FirstOrDefault(known => known.Name == name)
        ?? (name.StartsWith("nfs", StringComparison.Ordinal) ? Known[0x6969]
            : name.StartsWith("fuse", StringComparison.Ordinal) ? Known[0x65735546]
            : new SwapFileSystem(name));
}
