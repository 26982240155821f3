using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>An empty machine in a directory that goes with the test.</summary>
public sealed class TemporaryTree : IDisposable
{
    public TemporaryTree()
    {
        Root = Directory.CreateTempSubdirectory("linuxmemory-tree-").FullName;
        Machine = Machine.At(Root, new SystemCalls());
    }

    public string Root { get; }

    /// <summary>The machine, with kernel files that can be written.</summary>
    public Machine Machine { get; }

    public string PathOf(string path) => Path.Join(Root, path);

    public string Write(string path, string text)
    {
        string full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
