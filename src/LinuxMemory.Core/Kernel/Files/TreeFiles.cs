namespace LinuxMemory.Kernel;

/// <summary>
/// A tree of files that may come from anywhere: links in it never lead out of it, and only regular files are opened, since
/// a pipe would wait forever and opening a device can have effects.
/// </summary>
internal sealed class TreeFiles : MachineFiles
{
    public TreeFiles(string root)
    {
        Root = root;
        OpenRoot().Dispose();
    }

    public override string Root { get; }

    public override KernelFile Open(string path)
    {
        using KernelFile root = OpenRoot();
        return OpenRegular(root, path);
    }

    public override KernelFile OpenIn(KernelFile directory, string path) => OpenRegular(directory, path);

    public override KernelFile? TryOpenIn(KernelFile directory, string path)
    {
        string name = Path.Join(directory.Name, path);
        Errno errno;
        if (IsOneName(path))
        {
            // The usual file needs no more care than not to be a link, a pipe or a device.
            FileKind? kind = FileCalls.TryKindAt(directory, path, out errno);
            if (kind is null && errno.IsAbsent())
            {
                return null;
            }
            if (kind == FileKind.Regular)
            {
                return FileCalls.TryOpenAt(directory, path, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, name);
            }
        }
        KernelFile? found = FileCalls.TryOpenInRoot(directory, path, OpenFlags.PathOnly, name, out errno);
        if (found is not null)
        {
            return Reopen(found, OpenFlags.ReadOnly);
        }
        try
        {
            return errno.IsAbsent() ? null : OpenRegular(directory, path);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }

    public override KernelFile OpenForWriting(string path)
    {
        using KernelFile root = OpenRoot();
        return OpenForWritingIn(root, path);
    }

    // A file of a tree keeps what was in it behind what is written; a kernel file does not.
    public override KernelFile OpenForWritingIn(KernelFile directory, string path) =>
        OpenRegular(directory, path, OpenFlags.WriteOnly | OpenFlags.Truncate);

    public override KernelFile OpenDirectory(string path)
    {
        using KernelFile root = OpenRoot();
        return OpenDirectoryIn(root, path);
    }

    public override KernelFile OpenDirectoryIn(KernelFile directory, string path) =>
        Resolve(directory, path, OpenFlags.ReadOnly | OpenFlags.Directory);

    public override KernelFile OpenPath(string path)
    {
        using KernelFile root = OpenRoot();
        return Resolve(root, path, OpenFlags.PathOnly);
    }

    public override KernelFile OpenLink(string path)
    {
        using KernelFile root = OpenRoot();
        return Resolve(root, path, OpenFlags.PathOnly | OpenFlags.NoFollow);
    }

    private static bool IsOneName(string path) => !path.Contains('/', StringComparison.Ordinal) && path is not "." and not "..";

    private KernelFile OpenRoot() => FileCalls.Open(Root, OpenFlags.PathOnly | OpenFlags.Directory);

    private static KernelFile Resolve(KernelFile directory, string path, int flags) =>
        FileCalls.OpenInRoot(directory, path, flags, Path.Join(directory.Name, path)) ?? RootedWalk.Open(directory, path, flags);

    private static KernelFile OpenRegular(KernelFile directory, string path, int flags = OpenFlags.ReadOnly) =>
        Reopen(Resolve(directory, path, OpenFlags.PathOnly), flags);

    private static KernelFile Reopen(KernelFile found, int flags)
    {
        using (found)
        {
            FileKind kind = FileCalls.KindOf(found);
            if (kind != FileKind.Regular)
            {
                throw new KernelException(kind == FileKind.Directory ? Errno.EISDIR : Errno.EOPNOTSUPP, "open", found.Name);
            }
            return FileCalls.Open($"/proc/self/fd/{found.Number}", flags, found.Name);
        }
    }
}
