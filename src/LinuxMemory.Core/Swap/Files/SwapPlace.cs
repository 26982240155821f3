using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A name in a directory that is held open, so that nobody can put another directory in its place meanwhile.</summary>
internal sealed class SwapPlace : IDisposable
{
    // What file systems take, less what Beside adds.
    private const int LongestName = 255 - 32;

    private readonly Machine _machine;

    private SwapPlace(Machine machine, KernelFile directory, string name)
    {
        _machine = machine;
        Directory = directory;
        Name = name;
        DirectoryPath = machine.PathOf(directory);
        Path = System.IO.Path.Join(DirectoryPath, name);
    }

    public KernelFile Directory { get; }

    /// <summary>The directory's absolute path on the machine, without links.</summary>
    public string DirectoryPath { get; }

    public string Name { get; }

    /// <summary>The absolute path on the machine, without links on the way, as /proc/swaps shows it.</summary>
    public string Path { get; }

    /// <summary>True when something has the name, also a link to nowhere.</summary>
    public bool IsTaken => FileCalls.HasName(Directory, Name);

    /// <summary>Holds the directory of the path of a file that is to be there.</summary>
    public static SwapPlace OpenExisting(Machine machine, string path)
    {
        try
        {
            return Open(machine, path);
        }
        catch (SwapRefusedException e) when (SwapRefusedException.NotOpened(e.Errno, path) is SwapRefusedException refused)
        {
            throw refused;
        }
    }

    /// <summary>Holds the directory of a path, wherever links lead to it.</summary>
    public static SwapPlace Open(Machine machine, string path)
    {
        string name = System.IO.Path.GetFileName(path);
        if (name is "" or "." or ".." || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EINVAL, path, $"'{path}' is no path of a file: give one such as /swapfile.");
        }
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.ENAMETOOLONG, path,
                $"The name '{name}' is too long: a swap file's may have {LongestName} bytes, so that there is room for an ending.");
        }
        return new SwapPlace(machine, OpenDirectory(machine, System.IO.Path.GetDirectoryName(path)!), name);
    }

    private static KernelFile OpenDirectory(Machine machine, string path)
    {
        try
        {
            return machine.OpenFolder(path.TrimStart('/') is { Length: > 0 } below ? below : ".");
        }
        catch (KernelException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, e.Errno, path, $"{path} is no directory ({e.Errno}): make it first, or choose another.");
        }
    }

    /// <summary>The same for a path that was resolved before: a link on the way came since, and is not followed.</summary>
    public static SwapPlace OpenResolved(Machine machine, string path)
    {
        SwapPlace place = Open(machine, path);
        if (place.Path == path)
        {
            return place;
        }
        place.Dispose();
        throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.ELOOP, path,
            $"The directory of {path} leads to {place.DirectoryPath} now: somebody put a link on the way since the command began. Nothing was done there.");
    }

    /// <summary>The same name with an ending, hidden: what a command needs for the time that it runs.</summary>
    public SwapPlace Beside(string ending) =>
        new(_machine, _machine.OpenFolder(DirectoryPath.TrimStart('/') is { Length: > 0 } path ? path : "."), $".{Name}.linuxmemory-{ending}");

    /// <summary>Opens the regular file of the name, never through a link.</summary>
    /// <exception cref="KernelException">There is none.</exception>
    public KernelFile OpenFile(bool writes = false)
    {
        KernelFile file = Open(writes ? OpenFlags.ReadWrite : OpenFlags.ReadOnly);
        if (FileCalls.KindOf(file) == FileKind.Regular)
        {
            return file;
        }
        file.Dispose();
        throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, Path, $"{Path} is no ordinary file, so it is no swap file.");
    }

    private KernelFile Open(int access)
    {
        try
        {
            return FileCalls.OpenAt(Directory, Name, access | OpenFlags.NoFollow | OpenFlags.NonBlocking, Path);
        }
        catch (KernelException e) when (SwapRefusedException.NotOpened(e.Errno, Path) is SwapRefusedException refused)
        {
            throw refused;
        }
    }

    /// <summary>Removes the name when it still means the file that is held.</summary>
    public void Remove(KernelFile file)
    {
        if (!FileCalls.IsNamed(file, Directory, Name))
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EBUSY, Path, $"{Path} is another file now than the one that was looked at, so it is not removed.");
        }
        FileCalls.Remove(Directory, Name);
        FileCalls.Sync(Directory);
    }

    public void Dispose() => Directory.Dispose();
}
