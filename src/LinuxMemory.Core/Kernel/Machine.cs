namespace LinuxMemory.Kernel;

/// <summary>
/// A Linux machine as its files show it: this computer, or a tree of files that holds proc/, sys/ and etc/ (a captured
/// machine, an unpacked sosreport, a mounted image). Paths are relative: "proc/meminfo".
/// </summary>
public sealed partial class Machine
{
    private const int AnybodyWrites = 0x92; // 0222

    private readonly MachineFiles _files;

    private Machine(MachineFiles files, SystemCalls calls, bool isLive, bool hasKernel)
    {
        _files = files;
        Calls = calls;
        IsLive = isLive;
        HasKernel = hasKernel;
    }

    /// <summary>This computer.</summary>
    public static Machine Live { get; } = new(new LiveFiles(), new LinuxSystemCalls(), isLive: true, hasKernel: true);

    /// <summary>The machine whose files lie under a directory. System calls on it are refused.</summary>
    /// <exception cref="KernelException">The directory is not there, or is none.</exception>
    public static Machine At(string directory) =>
        new(new TreeFiles(Path.GetFullPath(directory)), new SystemCalls(), isLive: false, hasKernel: false);

    /// <summary>The same as if a kernel ran on it: system calls go to what a test records, and kernel files can be written.</summary>
    internal static Machine At(string directory, SystemCalls calls) =>
        new(new TreeFiles(Path.GetFullPath(directory)), calls, isLive: false, hasKernel: true);

    /// <summary>A tree of files that is read through something that watches.</summary>
    internal static Machine Over(MachineFiles files) => new(files, new SystemCalls(), isLive: false, hasKernel: false);

    /// <summary>This computer through files and calls that watch or refuse.</summary>
    internal static Machine Over(MachineFiles files, SystemCalls calls) => new(files, calls, isLive: true, hasKernel: true);

    /// <summary>False for a tree of files.</summary>
    public bool IsLive { get; }

    /// <summary>True where a running kernel takes changes: on this computer. A tree of files takes only what persists.</summary>
    public bool HasKernel { get; }

    /// <summary>The absolute path of the directory that the machine's files lie under; "/" for this computer.</summary>
    public string Root => _files.Root;

    /// <summary>What can be asked of the machine's kernel; on a tree every call refuses with <see cref="NeedsLiveMachineException"/>.</summary>
    public SystemCalls Calls { get; }

    /// <summary>The absolute path on this computer, for messages and for people: "/proc/meminfo".</summary>
    public string Locate(string path) => _files.Locate(path);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    public KernelReader Read(string path) => new(_files.Open(path));

    /// <summary>Opens a file for reading; null when it is absent.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    public KernelReader? TryRead(string path) => _files.TryOpen(path) is KernelFile file ? new KernelReader(file) : null;

    /// <summary>The text of a small file without its last newline.</summary>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    public string ReadText(string path)
    {
        using KernelReader reader = Read(path);
        return reader.ReadText();
    }

    /// <summary>The text of a small file without its last newline; null when it is absent.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    public string? TryReadText(string path)
    {
        try
        {
            // A group or a process that is removed meanwhile is absent only when it is read.
            return ReadText(path);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }

    /// <summary>Opens a log of the machine.</summary>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    /// <exception cref="KernelFormatException">It is packed in a way that cannot be read here.</exception>
    internal LogFile OpenLog(string path)
    {
        KernelFile file = _files.Open(path);
        try
        {
            return LogFile.Over(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>True when a file or directory is there; false also when it lies where we may not look.</summary>
    public bool Exists(string path)
    {
        try
        {
            _files.OpenPath(path).Dispose();
            return true;
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied)
        {
            return false;
        }
    }

    /// <summary>True for an ordinary file whose mode lets somebody write, root at least; false for anything else.</summary>
    public bool IsWritable(string path)
    {
        try
        {
            using KernelFile file = _files.OpenPath(path);
            FileStatus status = FileCalls.StatusOf(file);
            return status.Kind == FileKind.Regular && (status.Mode & AnybodyWrites) != 0;
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied)
        {
            return false;
        }
    }

    /// <summary>The names in a directory, without "." and "..", in ordinal order.</summary>
    /// <exception cref="KernelException">It is absent, denied or no directory.</exception>
    public IReadOnlyList<string> List(string directory)
    {
        using KernelFile handle = _files.OpenDirectory(directory);
        List<string> names = DirectoryNames.Of(handle);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The names in a directory that are decimal numbers, ascending: the processes in "proc", the threads in "proc/1/task".</summary>
    /// <exception cref="KernelException">It is absent, denied or no directory.</exception>
    public IReadOnlyList<int> ListNumbers(string directory)
    {
        using KernelFile handle = _files.OpenDirectory(directory);
        List<int> numbers = DirectoryNames.NumbersOf(handle);
        numbers.Sort();
        return numbers;
    }

    /// <summary>Holds a directory open: what is read through it stays one process even when its id is used again.</summary>
    /// <exception cref="KernelException">It is absent, denied or no directory.</exception>
    public KernelDirectory OpenDirectory(string path) => new(_files, _files.OpenDirectory(path));

    /// <summary>Where a symbolic link points, as it is written in the link.</summary>
    /// <exception cref="KernelException">It is absent, denied or no link.</exception>
    public string ReadLink(string path)
    {
        using KernelFile link = _files.OpenLink(path);
        return FileCalls.ReadLink(link, "", link.Name);
    }

    /// <summary>When what a file says was true: now on the live machine, the file's time in a tree.</summary>
    public DateTimeOffset TimeOf(string path) =>
        IsLive ? DateTimeOffset.Now : new DateTimeOffset(File.GetLastWriteTimeUtc(Locate(path)), TimeSpan.Zero);
}
