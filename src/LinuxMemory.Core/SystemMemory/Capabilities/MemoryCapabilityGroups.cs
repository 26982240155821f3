namespace LinuxMemory;

/// <summary>Trials of the memory controller, whose files lie where it happens to be mounted.</summary>
internal static class MemoryCapabilityGroups
{
    private const string Mounts = "proc/self/mountinfo";

    public static Finding Version1(MemoryCapabilityProbe probe)
    {
        if (!probe.Machine.Exists(Mounts))
        {
            return NoMounts(probe);
        }
        return MountInfoFile.Read(probe.Machine).Any(mount => mount.FileSystem == "cgroup" && mount.Options.Split(',').Contains("memory"))
            ? new Finding(true)
            : new Finding(false, "no cgroup v1 file system with the memory controller is mounted");
    }

    public static Finding Version2(MemoryCapabilityProbe probe)
    {
        Finding found = Top(probe, out string? top);
        return top is null ? found : new Finding(true);
    }

    public static Finding Reclaim(MemoryCapabilityProbe probe)
    {
        Finding found = Top(probe, out string? top);
        return top is null ? found : probe.Writes($"{top}/memory.reclaim", "before 5.19", "root, or a group delegated to this user");
    }

    public static Finding Peak(MemoryCapabilityProbe probe)
    {
        Finding found = Top(probe, out string? top);
        if (top is null)
        {
            return found;
        }
        // The root group has neither file.
        string? group = probe.Machine.List(top).Select(name => $"{top}/{name}").Prepend(top).FirstOrDefault(path => probe.Machine.Exists($"{path}/memory.current"));
        return group is null
            ? new Finding(null, "there is no group below the root to look at")
            : probe.Opens($"{group}/memory.peak", "before 5.19", "root", group);
    }

    public static Finding Pressure(MemoryCapabilityProbe probe)
    {
        Finding found = Top(probe, out string? top);
        return top is null ? found : probe.Reads($"{top}/memory.pressure", "built without CONFIG_PSI or booted with psi=0", "root", top);
    }

    // The highest directory of cgroup v2 that can be seen and that has the memory controller.
    private static Finding Top(MemoryCapabilityProbe probe, out string? top)
    {
        top = null;
        if (!probe.Machine.Exists(Mounts))
        {
            return NoMounts(probe);
        }
        MountInfo? mount = MountInfoFile.Read(probe.Machine).FirstOrDefault(mount => mount.FileSystem == "cgroup2");
        if (mount is null)
        {
            return new Finding(false, "no cgroup v2 file system is mounted");
        }
        string directory = mount.MountPoint.Trim('/');
        string? controllers = probe.Machine.TryReadText($"{directory}/cgroup.controllers");
        if (controllers is null)
        {
            return probe.Machine.IsLive ? new Finding(false, $"{mount.MountPoint} has no cgroup.controllers") : MemoryCapabilityProbe.NotHeld(directory);
        }
        if (!controllers.Split(' ').Contains("memory"))
        {
            return new Finding(false, "cgroup v2 has no memory controller here: it is built without, or mounted as v1");
        }
        top = directory;
        return new Finding(true);
    }

    private static Finding NoMounts(MemoryCapabilityProbe probe) =>
        probe.Machine.IsLive ? new Finding(false, "this kernel shows no mounts") : MemoryCapabilityProbe.NotHeld(Mounts);
}
