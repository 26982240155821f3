using System.Text;

namespace LinuxMemory.Kernel;

public sealed partial class Machine
{
    /// <summary>Writes a kernel file: one open without creating, one write(2). Says nothing of what the kernel made of it: read it back.</summary>
    /// <exception cref="NeedsLiveMachineException">The machine is a tree of files.</exception>
    /// <exception cref="KernelException">The file is absent or denied, or the kernel refuses the value.</exception>
    public void Write(string path, string text)
    {
        if (!HasKernel)
        {
            throw new NeedsLiveMachineException($"write {Locate(path)}");
        }
        RequirePlain(path);
        using KernelFile file = _files.OpenForWriting(path);
        WriteOnce(file, text);
    }

    /// <summary>
    /// Replaces a configuration file safely: <paramref name="edit"/> gets its bytes (null when it is absent) and returns the new
    /// ones (null to remove it). At any moment the old file or the new one is there, whatever is killed or full; mode, owner,
    /// extended attributes and links stay. Sessions that edit the same file wait for each other. Missing directories are made.
    /// </summary>
    /// <returns>False when there was nothing to change, and nothing was written.</returns>
    /// <exception cref="FileLeftAloneException">A link leads to another place, or several names lead to a large file.</exception>
    /// <exception cref="KernelException">The place is denied, read-only or full; the file is as it was.</exception>
    public bool Edit(string path, Func<byte[]?, byte[]?> edit)
    {
        RequirePlain(path);
        return FileEdit.Run(_files, path, edit);
    }

    /// <summary>All bytes of a configuration file; null when it is absent.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    public byte[]? TryReadBytes(string path)
    {
        using KernelReader? reader = TryRead(path);
        return reader?.ReadToEnd().ToArray();
    }

    /// <summary>The directories on the way to a file that are not there, outermost first.</summary>
    public IReadOnlyList<string> MissingDirectories(string path)
    {
        List<string> missing = [];
        for (string? parent = Path.GetDirectoryName(path); !string.IsNullOrEmpty(parent) && !Exists(parent); parent = Path.GetDirectoryName(parent))
        {
            missing.Insert(0, parent);
        }
        return missing;
    }

    /// <summary>Removes a directory; false when it is not empty, or not there.</summary>
    /// <exception cref="KernelException">It is denied or no directory.</exception>
    public bool RemoveEmptyDirectory(string path)
    {
        RequirePlain(path);
        try
        {
            using KernelFile parent = _files.OpenDirectory(Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".");
            FileCalls.RemoveDirectory(parent, Path.GetFileName(path));
            return true;
        }
        catch (KernelException e) when (e.Errno is Errno.ENOTEMPTY or Errno.EEXIST or Errno.ENOENT)
        {
            return false;
        }
    }

    /// <summary>Holds a directory, to make and to remove files in it whatever becomes of its path.</summary>
    internal KernelFile OpenFolder(string path)
    {
        RequirePlain(path);
        return _files.OpenDirectory(path);
    }

    /// <summary>Opens a file or device that can be a swap area, wherever links lead to it, without waiting for a pipe.</summary>
    internal KernelFile OpenArea(string path, bool writes = false)
    {
        RequirePlain(path);
        using KernelFile found = _files.OpenPath(path.TrimStart('/'));
        FileKind kind = FileCalls.KindOf(found);
        return kind == FileKind.Regular || (kind == FileKind.Block && IsLive)
            ? FileCalls.Open($"/proc/self/fd/{found.Number}", (writes ? OpenFlags.ReadWrite : OpenFlags.ReadOnly) | OpenFlags.NonBlocking, found.Name)
            : throw new KernelException(kind == FileKind.Directory ? Errno.EISDIR : Errno.EOPNOTSUPP, "open", found.Name);
    }

    /// <summary>The absolute path on the machine that an open file or directory really has, without links.</summary>
    internal string PathOf(KernelFile file)
    {
        string real = FilePlace.NameOf(file);
        return IsLive ? real : System.IO.Path.GetFullPath("/" + System.IO.Path.GetRelativePath(Root, real));
    }

    /// <summary>Makes a directory whose parent is there; false when something of that name is there already.</summary>
    /// <exception cref="KernelException">It is denied, or the parent is absent or no directory.</exception>
    public bool MakeDirectory(string path, int mode)
    {
        RequirePlain(path);
        using KernelFile parent = _files.OpenDirectory(Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".");
        return FileCalls.MakeDirectory(parent, Path.GetFileName(path), mode);
    }

    /// <summary>The absolute path on the machine, without links in it, of what a path leads to.</summary>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    internal string RealPath(string path)
    {
        using KernelFile thing = _files.OpenPath(path);
        return PathOf(thing);
    }

    /// <summary>A descriptor of the thing at a path itself, whatever it is; a link at its end is not followed.</summary>
    internal KernelFile OpenThing(string path)
    {
        RequirePlain(path);
        return _files.OpenLink(path);
    }

    /// <summary>Opens a file that only grows, and makes it with its directories where it is missing.</summary>
    internal AppendFile OpenAppend(string path)
    {
        RequirePlain(path);
        return AppendFile.Open(_files, path);
    }

    /// <summary>Opens any file of the live machine for reading, without following a link at its end and without waiting for a pipe.</summary>
    internal KernelFile OpenFile(string path) => !HasKernel
        ? throw new NeedsLiveMachineException($"open {Locate(path)}")
        : FileCalls.Open(Locate(path.TrimStart('/')), OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking);

    internal static void WriteOnce(KernelFile file, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (FileCalls.Write(file, bytes) != bytes.Length)
        {
            throw new KernelException(Errno.EIO, "write", file.Name);
        }
    }

    // Names of settings become paths: none may climb out of its directory.
    private void RequirePlain(string path)
    {
        if (path.Split('/').Contains("..") || path.Any(char.IsControl))
        {
            throw new KernelException(Errno.EINVAL, "open", Locate(path));
        }
    }
}
