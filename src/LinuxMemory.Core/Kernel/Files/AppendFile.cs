namespace LinuxMemory.Kernel;

/// <summary>A file that only grows, locked while it is held: its end is read, a whole record is put behind it, and it is synced.</summary>
internal sealed class AppendFile : IDisposable
{
    private const int FileMode = 0x180; // 0600
    private const int DirectoryMode = 0x1C0; // 0700

    private readonly KernelFile _file;

    private AppendFile(KernelFile file) => _file = file;

    public static AppendFile Open(MachineFiles files, string path)
    {
        using KernelFile directory = FileEdit.OpenOrMakeDirectory(files, Path.GetDirectoryName(path)!, DirectoryMode);
        string name = Path.GetFileName(path);
        KernelFile file = FileCalls.CreateAt(
            directory, name, OpenFlags.ReadWrite | OpenFlags.Append | OpenFlags.NonBlocking, FileMode);
        try
        {
            FileStatus status = FileCalls.StatusOf(file);
            if (status.Kind != FileKind.Regular)
            {
                throw FileLeftAloneException.IsNoFile(file.Name);
            }
            FileCalls.Lock(file);
            if (status.Size == 0)
            {
                FileCalls.Sync(directory);
            }
            return new AppendFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The last bytes, at most so many.</summary>
    public byte[] ReadTail(int most)
    {
        long size = FileCalls.StatusOf(_file).Size;
        byte[] tail = new byte[Math.Min(size, most)];
        int length = FileCalls.ReadAt(_file, tail, size - tail.Length);
        return tail[..length];
    }

    /// <summary>Cuts bytes off the end.</summary>
    public void Shorten(int bytes) => FileCalls.Truncate(_file, FileCalls.StatusOf(_file).Size - bytes);

    /// <summary>Puts a record behind the end, in one write.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        int written = FileCalls.Write(_file, record);
        if (written != record.Length)
        {
            // The disk is full: half a record helps nobody.
            Shorten(written);
            throw new KernelException(Errno.ENOSPC, "write", _file.Name);
        }
    }

    /// <summary>Waits until everything is on the disk.</summary>
    public void Sync() => FileCalls.Sync(_file);

    public void Dispose() => _file.Dispose();
}
