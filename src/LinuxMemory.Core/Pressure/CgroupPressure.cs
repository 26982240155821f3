using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The pressure inside a cgroup of version 2: its memory.pressure.</summary>
public static class CgroupPressure
{
    /// <summary>The pressure in a group named by its path below the cgroup file system, such as "system.slice/ssh.service".</summary>
    /// <exception cref="KernelException">There is no cgroup v2 or no such group, or the kernel does not measure pressure.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static MemoryPressure Read(Machine machine, string group)
    {
        (string path, string name) = FileOf(machine, group);
        return PressureFile.Read(machine, path, name);
    }

    // The group's file and the name that it is shown by.
    internal static (string Path, string Name) FileOf(Machine machine, string group)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(group);
        string name = "/" + group.Trim('/');
        if (name.Split('/').Contains(".."))
        {
            throw new KernelException(Errno.EINVAL, "open", group);
        }
        MountInfo mount = MountInfoFile.Read(machine).FirstOrDefault(mount => mount.FileSystem == "cgroup2")
            ?? throw new KernelException(Errno.ENOENT, "open", "a file system of type cgroup2");
        string directory = $"{mount.MountPoint.Trim('/')}{name.TrimEnd('/')}";
        machine.OpenDirectory(directory).Dispose();
        return ($"{directory}/memory.pressure", name);
    }
}
