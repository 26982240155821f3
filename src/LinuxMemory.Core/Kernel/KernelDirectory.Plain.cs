namespace LinuxMemory.Kernel;

// Opening what others could have put there: no link is followed, and nothing but a plain file is opened.
public sealed partial class KernelDirectory
{
    /// <summary>Kind, mode, owner and size of the directory itself.</summary>
    internal FileStatus Status => FileCalls.StatusOf(_handle);

    /// <summary>The names in it, in no order.</summary>
    internal IReadOnlyList<string> Names() => DirectoryNames.Of(_handle);

    /// <summary>Opens a directory as if this one were the root: links may lead there, and never out of it.</summary>
    internal KernelDirectory OpenBelow(string path)
    {
        string name = Path.Join(Name, path);
        const int flags = OpenFlags.ReadOnly;
        return new KernelDirectory(_files, FileCalls.OpenInRoot(_handle, path, flags | OpenFlags.Directory, name) ?? RootedWalk.Open(_handle, path, flags | OpenFlags.Directory));
    }

    /// <summary>Opens a directory in it that is no link.</summary>
    internal KernelDirectory OpenPlain(string name) =>
        new(_files, FileCalls.OpenAt(_handle, name, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow, Path.Join(Name, name)));

    /// <summary>Opens an ordinary file in it that is no link and that is accepted; null for anything else that is there.</summary>
    internal KernelReader? ReadPlain(string name, Func<FileStatus, bool> accepts)
    {
        using KernelFile found = FileCalls.OpenAt(_handle, name, OpenFlags.PathOnly | OpenFlags.NoFollow, Path.Join(Name, name));
        FileStatus status = FileCalls.StatusOf(found);
        return status.Kind == FileKind.Regular && accepts(status)
            ? new KernelReader(FileCalls.Open($"/proc/self/fd/{found.Number}", OpenFlags.ReadOnly, found.Name))
            : null;
    }
}
