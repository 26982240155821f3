namespace LinuxMemory.Kernel;

/// <summary>How the files of a machine are reached. Every failure is a <see cref="KernelException"/>.</summary>
internal abstract class MachineFiles
{
    public abstract string Root { get; }

    public string Locate(string path) => path == "." ? Root : Path.Join(Root, path);

    public abstract KernelFile Open(string path);

    /// <summary>Null when the file is absent.</summary>
    public virtual KernelFile? TryOpen(string path)
    {
        try
        {
            return Open(path);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }

    public abstract KernelFile OpenIn(KernelFile directory, string path);

    /// <summary>Null when the file is absent.</summary>
    public abstract KernelFile? TryOpenIn(KernelFile directory, string path);

    /// <summary>Opens what is there for writing; a kernel file is never created.</summary>
    public abstract KernelFile OpenForWriting(string path);

    public abstract KernelFile OpenForWritingIn(KernelFile directory, string path);

    public abstract KernelFile OpenDirectory(string path);

    public abstract KernelFile OpenDirectoryIn(KernelFile directory, string path);

    /// <summary>A descriptor that only names the thing, whatever it is.</summary>
    public abstract KernelFile OpenPath(string path);

    /// <summary>A descriptor that names a link itself.</summary>
    public abstract KernelFile OpenLink(string path);
}

/// <summary>This computer's files.</summary>
internal sealed class LiveFiles : MachineFiles
{
    private static readonly int DirectoryFlags = OpenFlags.ReadOnly | OpenFlags.Directory;

    public override string Root => "/";

    public override KernelFile Open(string path) => FileCalls.Open(Locate(path), OpenFlags.ReadOnly);

    // Files that this kernel lacks are asked for all the time, and an exception costs more than to read one.
    public override KernelFile? TryOpen(string path) => FileCalls.TryOpen(Locate(path), OpenFlags.ReadOnly);

    public override KernelFile OpenIn(KernelFile directory, string path) =>
        FileCalls.OpenAt(directory, path, OpenFlags.ReadOnly, $"{directory.Name}/{path}");

    public override KernelFile? TryOpenIn(KernelFile directory, string path) =>
        FileCalls.TryOpenAt(directory, path, OpenFlags.ReadOnly, $"{directory.Name}/{path}");

    public override KernelFile OpenForWriting(string path) => FileCalls.Open(Locate(path), OpenFlags.WriteOnly);

    public override KernelFile OpenForWritingIn(KernelFile directory, string path) =>
        FileCalls.OpenAt(directory, path, OpenFlags.WriteOnly, $"{directory.Name}/{path}");

    public override KernelFile OpenDirectory(string path) => FileCalls.Open(Locate(path), DirectoryFlags);

    public override KernelFile OpenDirectoryIn(KernelFile directory, string path) =>
        FileCalls.OpenAt(directory, path, DirectoryFlags, $"{directory.Name}/{path}");

    public override KernelFile OpenPath(string path) => FileCalls.Open(Locate(path), OpenFlags.PathOnly);

    public override KernelFile OpenLink(string path) => FileCalls.Open(Locate(path), OpenFlags.PathOnly | OpenFlags.NoFollow);
}
