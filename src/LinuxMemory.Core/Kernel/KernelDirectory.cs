using System.Globalization;

namespace LinuxMemory.Kernel;

/// <summary>An open directory of a machine, for example one process in /proc.</summary>
public sealed partial class KernelDirectory : IDisposable
{
    private readonly MachineFiles _files;
    private readonly KernelFile _handle;

    internal KernelDirectory(MachineFiles files, KernelFile handle)
    {
        _files = files;
        _handle = handle;
    }

    /// <summary>The absolute path that it was opened by.</summary>
    public string Name => _handle.Name;

    /// <summary>Of a process: the thread whose files show the memory since the first one has ended; null while that one lives.</summary>
    internal int? LivingThread { get; set; }

    /// <summary>The path in it of a file that shows nothing, or is absent, when the thread that it is about has ended.</summary>
    internal string Living(string file) => LivingThread is int thread ? string.Create(CultureInfo.InvariantCulture, $"task/{thread}/{file}") : file;

    /// <summary>Opens a file in it for reading.</summary>
    /// <exception cref="KernelException">It is absent or denied, or the process has ended (ESRCH).</exception>
    public KernelReader Read(string path) => new(_files.OpenIn(_handle, path));

    /// <summary>Opens a file in it for reading; null when it is absent, or the directory has been removed.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    public KernelReader? TryRead(string path) => _files.TryOpenIn(_handle, path) is KernelFile file ? new KernelReader(file) : null;

    /// <summary>Opens a file in it that is no text, such as pagemap and mem.</summary>
    internal KernelFile Open(string path) => _files.OpenIn(_handle, path);

    /// <summary>Writes a kernel file in it: one open, one write.</summary>
    /// <exception cref="KernelException">It is absent or denied, the kernel refuses the value, or the process has ended (ESRCH).</exception>
    public void Write(string path, string text)
    {
        using KernelFile file = _files.OpenForWritingIn(_handle, path);
        Machine.WriteOnce(file, text);
    }

    /// <summary>The same, reading on in a second thread where the file is long: the kernel prints smaps slower than we parse it.</summary>
    internal KernelReader ReadAhead(string path) => new(_files.OpenIn(_handle, path)) { ReadsAhead = true };

    /// <summary>Where a symbolic link in it points, as it is written in the link.</summary>
    /// <exception cref="KernelException">It is absent, denied or no link.</exception>
    public string ReadLink(string path) => FileCalls.ReadLink(_handle, path, $"{Name}/{path}");

    /// <summary>The names in one of its directories that are decimal numbers, ascending.</summary>
    /// <exception cref="KernelException">It is absent, denied or no directory.</exception>
    public IReadOnlyList<int> ListNumbers(string path)
    {
        using KernelFile directory = _files.OpenDirectoryIn(_handle, path);
        List<int> numbers = DirectoryNames.NumbersOf(directory);
        numbers.Sort();
        return numbers;
    }

    /// <summary>The names of the directories in it, in ordinal order; links to directories are none.</summary>
    /// <exception cref="KernelException">It has been removed, or we may not list it.</exception>
    public IReadOnlyList<string> ListDirectories()
    {
        // Two names, its own and ".": no directory in it has a ".." that leads here. Some file systems do not count and say 1.
        if (FileCalls.StatusOf(_handle).Links == 2)
        {
            return [];
        }
        List<string> names = DirectoryNames.DirectoriesOf(_handle);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Gives the descriptor back.</summary>
    public void Dispose() => _handle.Dispose();
}
