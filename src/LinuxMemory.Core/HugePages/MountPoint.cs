using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A directory that something is to be mounted on.</summary>
internal static class MountPoint
{
    /// <summary>Looks whether a path will do; one that is missing will, when its parent is a directory.</summary>
    /// <exception cref="KernelException">It will not: see <see cref="HugePageMountChange.Plan"/>.</exception>
    public static void Require(Machine machine, string path, bool covers)
    {
        if (MountInfoFile.Read(machine).Any(mount => mount.MountPoint == path))
        {
            throw new KernelException(Errno.EBUSY, "mount", path);
        }
        try
        {
            Open(machine, path).Dispose();
        }
        catch (KernelException e) when (e is { Errno: Errno.ENOENT, Operation: "open" })
        {
            machine.OpenDirectory(Path.GetDirectoryName(path.TrimStart('/')) is { Length: > 0 } parent ? parent : ".").Dispose();
            return;
        }
        if (!covers && machine.List(path.TrimStart('/')).Count > 0)
        {
            throw new KernelException(Errno.ENOTEMPTY, "mount", path);
        }
    }

    /// <summary>Holds the directory itself; a link to one is refused, since the mount would lie elsewhere.</summary>
    /// <exception cref="KernelException">It is a link (ELOOP), no directory (ENOTDIR), absent or denied.</exception>
    public static KernelFile Open(Machine machine, string path)
    {
        KernelFile thing = machine.OpenThing(path.TrimStart('/'));
        FileKind kind = FileCalls.KindOf(thing);
        if (kind == FileKind.Directory)
        {
            return thing;
        }
        thing.Dispose();
        throw new KernelException(kind == FileKind.Link ? Errno.ELOOP : Errno.ENOTDIR, "mount", path);
    }
}
