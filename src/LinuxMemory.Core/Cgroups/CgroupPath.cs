using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Where a machine shows the files of a process's memory group: the group itself and the groups above it, as far up as the
/// mount reaches. In a container that is often one group, and its path there says little about its name outside.
/// </summary>
public sealed class CgroupPath
{
    private readonly string _mountPoint;
    private readonly string[] _root;
    private readonly string[] _below;

    private CgroupPath(int version, string mountPoint, string[] root, string[] below)
    {
        Version = version;
        _mountPoint = mountPoint;
        _root = root;
        _below = below;
    }

    /// <summary>The version of the cgroup interface, 1 or 2.</summary>
    public int Version { get; }

    /// <summary>How many groups can be seen: the process's own and those above it.</summary>
    public int Depth => _below.Length + 1;

    /// <summary>The name of a group, 0 the process's own and each further one its parent: "/user.slice".</summary>
    public string GroupAt(int level) => "/" + string.Join('/', _root.Concat(_below[..^level]));

    /// <summary>The directory of that group, relative to the machine: "sys/fs/cgroup/user.slice".</summary>
    public string DirectoryAt(int level) => Path.Join([_mountPoint, .. _below[..^level]]);

    /// <summary>The memory groups of a process, v2 before v1; both on a machine that mounts both.</summary>
    /// <exception cref="KernelException">A file is denied, or the process has ended.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IReadOnlyList<CgroupPath> Of(Machine machine, string process = "self")
    {
        IReadOnlyList<CgroupMembership> groups = CgroupFile.Read(machine, process);
        return groups.Count == 0 ? [] : Find(groups, MountInfoFile.Read(machine, process));
    }

    /// <summary>The same from what the two files say.</summary>
    public static IReadOnlyList<CgroupPath> Find(IReadOnlyList<CgroupMembership> groups, IReadOnlyList<MountInfo> mounts)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(mounts);
        List<CgroupPath> found = [];
        foreach (CgroupMembership group in groups.OrderBy(group => group.Hierarchy))
        {
            int version = group.Hierarchy == 0 ? 2 : 1;
            if (version == 2 || group.HasMemory)
            {
                // Of several mounts the one that shows most groups.
                CgroupPath? best = mounts
                    .Where(mount => version == 2 ? mount.FileSystem == "cgroup2" : mount.FileSystem == "cgroup" && mount.Options.Split(',').Contains("memory"))
                    .Select(mount => Locate(version, Split(group.Path), mount))
                    .OfType<CgroupPath>().MaxBy(path => path.Depth);
                if (best is not null)
                {
                    found.Add(best);
                }
            }
        }
        return found;
    }

    private static CgroupPath? Locate(int version, string[] group, MountInfo mount)
    {
        string[] root = Split(mount.Root);
        string mountPoint = mount.MountPoint.Trim('/');
        int above = root.TakeWhile(name => name == "..").Count();
        if (above == root.Length && above > group.TakeWhile(name => name == "..").Count())
        {
            // The mount begins above the namespace: the names in between are hidden, but its top is an ancestor.
            return new CgroupPath(version, mountPoint, root, []);
        }
        string[] below = group.Skip(root.Length).ToArray();
        return group.Take(root.Length).SequenceEqual(root) && !below.Contains("..")
            ? new CgroupPath(version, mountPoint, root, below)
            : null;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
