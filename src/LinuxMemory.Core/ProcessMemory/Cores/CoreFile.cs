using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A new file that only its owner may read and that has no name until it is finished, so that nothing is left of it however that fails.
/// Where the file system cannot do that (NFS), it has its name from the beginning and is removed when it was not finished.
/// </summary>
internal sealed class CoreFile : IDisposable
{
    private const int OwnerOnly = 0x180; // 0600

    private readonly Machine _machine;
    private readonly string _path;
    private readonly KernelFile _folder;
    private readonly bool _isNamed;
    private bool _isFinished;

    private CoreFile(Machine machine, string path, KernelFile folder)
    {
        (_machine, _path, _folder) = (machine, path, folder);
        if (FileCalls.HasName(folder, Name))
        {
            throw Exists();
        }
        try
        {
            File = machine.Calls.CreateUnnamed(folder, OwnerOnly);
        }
        catch (KernelException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.EISDIR or Errno.EINVAL)
        {
            File = FileCalls.CreateAt(folder, Name, OpenFlags.WriteOnly | OpenFlags.Exclusive, OwnerOnly);
            _isNamed = true;
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

    /// <summary>Gives it its name.</summary>
    /// <exception cref="KernelException">Something got that name meanwhile (EEXIST).</exception>
    public void Finish()
    {
        if (!_isNamed)
        {
            try
            {
                _machine.Calls.GiveName(File, _folder, Name);
            }
            catch (KernelException e) when (e.Errno == Errno.EEXIST)
            {
                throw Exists();
            }
        }
        _isFinished = true;
    }

    /// <summary>The same failure, with the path where it speaks of a file without a name.</summary>
    public KernelException Named(KernelException e) => e.Target == File.Name ? new KernelException(e.Errno, e.Operation, _path) : e;

    public void Dispose()
    {
        if (_isNamed && !_isFinished)
        {
            FileCalls.Remove(_folder, Name);
        }
        File.Dispose();
        _folder.Dispose();
    }

    private KernelException Exists() => new(Errno.EEXIST, "openat", _path);
}
