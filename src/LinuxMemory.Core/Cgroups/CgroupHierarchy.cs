using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A mounted hierarchy of cgroups: how its groups are named, and in which directories they lie.</summary>
public sealed record CgroupHierarchy
{
    private readonly string[] _root;

    private CgroupHierarchy(int version, MountInfo mount)
    {
        Version = version;
        MountPoint = mount.MountPoint.Trim('/');
        _root = Split(mount.Root);
    }

    /// <summary>The version of the cgroup interface, 1 or 2.</summary>
    public int Version { get; }

    /// <summary>The directory that it is mounted at, relative to the machine: "sys/fs/cgroup/memory".</summary>
    public string MountPoint { get; }

    /// <summary>The group at the mount point: "/", or in a container a group below it or above its own.</summary>
    public string Top => "/" + string.Join('/', _root);

    /// <summary>The hierarchy that accounts memory: of version 1 where its memory controller is mounted, else of version 2; null when there is none.</summary>
    /// <exception cref="KernelException">The mounts may not be read.</exception>
    /// <exception cref="KernelFormatException">The mount table is cut or garbled.</exception>
    public static CgroupHierarchy? OfMemory(Machine machine)
    {
        IReadOnlyList<MountInfo> mounts = MountInfoFile.Read(machine);
        return Widest(1, mounts.Where(IsMemory)) ?? Widest(2, mounts.Where(IsUnified));
    }

    /// <summary>The hierarchy of version 2, which measures pressure; null when it is not mounted.</summary>
    /// <exception cref="KernelException">The mounts may not be read.</exception>
    /// <exception cref="KernelFormatException">The mount table is cut or garbled.</exception>
    public static CgroupHierarchy? OfPressure(Machine machine) => Widest(2, MountInfoFile.Read(machine).Where(IsUnified));

    /// <summary>
    /// The group that a user's path means: "system.slice/ssh.service", with or without a slash before it, or the directory of the
    /// group. Always the name that the kernel gives it: "/system.slice/ssh.service".
    /// </summary>
    /// <exception cref="KernelException">The path climbs up with "..", or holds a NUL.</exception>
    public string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] mount = Split(MountPoint);
        string[] names = [.. Split(path).Where(name => name != ".")];
        if (path.StartsWith('/') && names.Length >= mount.Length && mount.Length > 0 && names.AsSpan(0, mount.Length).SequenceEqual(mount))
        {
            names = [.. _root, .. names[mount.Length..]];
        }
        else if (names.Length < _root.Length || !names.AsSpan(0, _root.Length).SequenceEqual(_root))
        {
            names = [.. _root, .. names];
        }
        return names.AsSpan(_root.Length).Contains("..") || path.Contains('\0', StringComparison.Ordinal)
            ? throw new KernelException(Errno.EINVAL, "open", path)
            : "/" + string.Join('/', names);
    }

    /// <summary>The directory of a group, relative to the machine, by the name that <see cref="NameOf"/> gives.</summary>
    public string DirectoryOf(string group) => Path.Join([MountPoint, .. Split(group).Skip(_root.Length)]);

    /// <summary>The group above; null for the one at the mount point.</summary>
    public string? ParentOf(string group)
    {
        string[] names = Split(group);
        return names.Length <= _root.Length ? null : "/" + string.Join('/', names[..^1]);
    }

    private static bool IsMemory(MountInfo mount) => mount.FileSystem == "cgroup" && mount.Options.Split(',').Contains("memory");

    private static bool IsUnified(MountInfo mount) => mount.FileSystem == "cgroup2";

    // Of several mounts the one that shows most groups: whose top is highest.
    private static CgroupHierarchy? Widest(int version, IEnumerable<MountInfo> mounts) =>
        mounts.Select(mount => new CgroupHierarchy(version, mount)).MinBy(hierarchy => hierarchy._root.Sum(name => name == ".." ? -1 : 1));

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
