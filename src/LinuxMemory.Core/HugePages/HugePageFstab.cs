namespace LinuxMemory;

/// <summary>Lines of /etc/fstab that mount hugetlbfs: "hugetlbfs /mnt/huge hugetlbfs nosuid,nodev,nofail,pagesize=2M 0 0".</summary>
public static class HugePageFstab
{
    private const string Name = "hugetlbfs";

    /// <summary>The line that mounts it in the same way at boot; a failure does not stop the boot.</summary>
    public static FstabEntry Entry(HugePageMount mount)
    {
        ArgumentNullException.ThrowIfNull(mount);
        string options = mount.ToOptions();
        return Entry(mount.Path) with { Options = "nosuid,nodev,nofail" + (options.Length > 0 ? "," + options : "") };
    }

    /// <summary>A line about that mount point, to find those that are there.</summary>
    public static FstabEntry Entry(string path) => new() { Source = Name, MountPoint = path, FileSystem = Name };
}
