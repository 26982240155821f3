using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A new file that only its owner may read and that has no name until it is finished, so that nothing is left of it however that fails.
/// Where the file system cannot do that (NFS, many of FUSE), it is called NAME.partial until then: nobody takes what a killed session
/// left for a whole one.
/// </summary>
internal sealed class CoreFile : IDisposable
{
    private const int OwnerOnly = 0x180; // 0600

    private readonly Machine _machine;
    private readonly string _path;
    private readonly KernelFile _folder;
    private string? _draftName;

    private CoreFile(Machine machine, string path, KernelFile folder)
    {
        (_machine, _path, _folder) = (machine, path, folder);
        if (FileCalls.HasName(folder, Name))
        {
            throw Exists(path);
        }
        try
        {
            File = machine.Calls.CreateUnnamed(folder, OwnerOnly);
        }
        catch (KernelException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.EISDIR or Errno.EINVAL)
        {
            File = CreateDraft();
            _draftName = DraftName(Name);
        }
    }

    /// <summary>What is to be filled.</summary>
    public KernelFile File { get; }

    private string Name => Path.GetFileName(_path);

    /// <summary>Makes the file at an absolute path where nothing is.</summary>
    /// <exception cref="KernelException">Something is there (EEXIST), or the place is denied.</exception>
    public static CoreFile Create(Machine machine, string path)
    {
        KernelFile folder = FileCalls.Open(Path.GetDirectoryName(path) is { Length: > 0 } above ? above : "/", OpenFlags.PathOnly | OpenFlags.Directory);
        try
        {
            return new CoreFile(machine, path, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>What the file of that name or path is called until it is finished, where it must have a name.</summary>
    public static string DraftName(string name) => name + ".partial";

    /// <summary>Gives it its name.</summary>
    /// <exception cref="KernelException">Something got that name meanwhile (EEXIST), or the bytes did not reach the server or disk.</exception>
    public void Finish()
    {
        try
        {
            if (_draftName is null)
            {
                _machine.Calls.GiveName(File, _folder, Name);
                return;
            }
            // A server says only now that its disk is full.
            FileCalls.Sync(File);
            Rename(_draftName);
            _draftName = null;
        }
        catch (KernelException e) when (e.Errno == Errno.EEXIST)
        {
            throw Exists(_path);
        }
    }

    /// <summary>The same failure, with the path where it speaks of a file without a name.</summary>
    public KernelException Named(KernelException e) => e.Target == File.Name ? new KernelException(e.Errno, e.Operation, _path) : e;

    public void Dispose()
    {
        using (_folder)
        using (File)
        {
            // What somebody put in its place meanwhile is not ours.
            if (_draftName is not null && FileCalls.IsNamed(File, _folder, _draftName))
            {
                FileCalls.Remove(_folder, _draftName);
            }
        }
    }

    private KernelFile CreateDraft()
    {
        try
        {
            return FileCalls.CreateAt(_folder, DraftName(Name), OpenFlags.WriteOnly | OpenFlags.Exclusive, OwnerOnly);
        }
        catch (KernelException e) when (e.Errno == Errno.EEXIST)
        {
            throw Exists(DraftName(_path));
        }
    }

    // NFS and FUSE have links and cannot rename without replacing, FAT can and has no links.
    private void Rename(string draftName)
    {
        if (TryLink())
        {
            FileCalls.Remove(_folder, draftName);
            return;
        }
        if (!FileCalls.IsNamed(File, _folder, draftName))
        {
            throw new KernelException(Errno.ENOENT, "rename", DraftName(_path));
        }
        try
        {
            _machine.Calls.RenameToFree(_folder, draftName, Name);
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.ENOSYS or Errno.EOPNOTSUPP)
        {
            RenameToOwn(draftName);
        }
    }

    private bool TryLink()
    {
        try
        {
            _machine.Calls.GiveName(File, _folder, Name);
            return true;
        }
        catch (KernelException e) when (e.Errno is Errno.EPERM or Errno.EOPNOTSUPP or Errno.ENOSYS or Errno.EINVAL)
        {
            return false;
        }
        // A server whose answer was lost is asked again, and finds the link that it made.
        catch (KernelException e) when (e.Errno == Errno.EEXIST && FileCalls.IsNamed(File, _folder, Name))
        {
            return true;
        }
    }

    // Where neither is possible, an empty file takes the name, which nobody else can have then, and is replaced.
    private void RenameToOwn(string draftName)
    {
        using KernelFile own = FileCalls.CreateAt(_folder, Name, OpenFlags.WriteOnly | OpenFlags.Exclusive, OwnerOnly);
        if (!FileCalls.IsNamed(own, _folder, Name) || FileCalls.StatusOf(own).Size > 0)
        {
            throw Exists(_path);
        }
        try
        {
            FileCalls.Rename(_folder, draftName, Name);
        }
        catch (KernelException)
        {
            FileCalls.Remove(_folder, Name);
            throw;
        }
    }

    private static KernelException Exists(string path) => new(Errno.EEXIST, "openat", path);
}
