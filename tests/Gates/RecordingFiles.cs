using LinuxMemory.Kernel;

namespace LinuxMemory.Gates;

/// <summary>The files of a tree, and a note of each that was opened for reading, by its path from the root.</summary>
internal sealed class RecordingFiles(string root) : MachineFiles
{
    private readonly TreeFiles _files = new(root);

    public HashSet<string> Opened { get; } = [];

    public override string Root => _files.Root;

    public override KernelFile Open(string path) => Noted(_files.Open(path));

    public override KernelFile OpenIn(KernelFile directory, string path) => Noted(_files.OpenIn(directory, path));

    public override KernelFile? TryOpenIn(KernelFile directory, string path) => _files.TryOpenIn(directory, path) is KernelFile file ? Noted(file) : null;

    public override KernelFile OpenForWriting(string path) => _files.OpenForWriting(path);

    public override KernelFile OpenForWritingIn(KernelFile directory, string path) => _files.OpenForWritingIn(directory, path);

    public override KernelFile OpenDirectory(string path) => _files.OpenDirectory(path);

    public override KernelFile OpenDirectoryIn(KernelFile directory, string path) => _files.OpenDirectoryIn(directory, path);

    public override KernelFile OpenPath(string path) => _files.OpenPath(path);

    public override KernelFile OpenLink(string path) => _files.OpenLink(path);

    private KernelFile Noted(KernelFile file)
    {
        Opened.Add(Path.GetRelativePath(Root, file.Name));
        return file;
    }
}
