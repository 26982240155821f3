using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>How cmdlets find the groups that the user names, and what they say when there are none.</summary>
internal static class CgroupErrors
{
    /// <summary>The tree of groups that account memory.</summary>
    /// <exception cref="MemoryErrorException">None is mounted.</exception>
    public static CgroupTree TreeOf(Machine machine) => CgroupTree.Of(machine) ?? throw new MemoryErrorException(ErrorRecords.Make(
        ErrorIds.CgroupUnavailable, ErrorCategory.NotInstalled,
        $"{machine.Locate("proc/self/mountinfo")} names no cgroup file system that accounts memory: neither version 2 nor version 1 with the memory controller is mounted here.", null));

    /// <summary>The groups that a path means: itself where it is there, else all that are like it.</summary>
    /// <exception cref="MemoryErrorException">There is none, or the path climbs up.</exception>
    public static IReadOnlyList<string> Groups(CgroupTree tree, Machine machine, string path)
    {
        string group = NameOf(tree.Hierarchy, path);
        WildcardName pattern = new(path);
        if (!pattern.HasWildcard || machine.Exists(tree.Hierarchy.DirectoryOf(group)))
        {
            return [group];
        }
        List<string> found = [tree.Hierarchy.Top];
        foreach (string part in group[tree.Hierarchy.Top.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            WildcardName name = new(part);
            found = [.. found.SelectMany(parent => tree.Below(parent).Where(name.IsMatch).Select(child => $"{parent.TrimEnd('/')}/{child}"))];
        }
        return found;
    }

    /// <summary>The name of the group that a path means.</summary>
    /// <exception cref="MemoryErrorException">The path climbs up.</exception>
    public static string NameOf(CgroupHierarchy hierarchy, string path)
    {
        try
        {
            return hierarchy.NameOf(path);
        }
        catch (KernelException e)
        {
            throw NotFound(hierarchy, path, e);
        }
    }

    /// <summary>The error for a group that is not there.</summary>
    public static MemoryErrorException NotFound(CgroupHierarchy hierarchy, string path, Exception? e = null) => new(ErrorRecords.Make(
        ErrorIds.CgroupNotFound, ErrorCategory.ObjectNotFound,
        $"There is no cgroup of version {hierarchy.Version} called '{path}'. Give its path below /{hierarchy.MountPoint}, such as system.slice/ssh.service; Get-CgroupMemory -Recurse lists them.", path, e));
}
