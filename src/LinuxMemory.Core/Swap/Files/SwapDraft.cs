using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A swap file while it is made. It has no name until it is complete, so that nothing of it stays when it fails or when its maker
/// is killed; then it gets its name, exclusively.
/// </summary>
internal sealed class SwapDraft(Machine machine, SwapHeader header, long size, ChangeWatch watch) : IDisposable
{
    private const int Mode = 0x180; // 0600

    private SwapPlace? _place;
    private KernelFile? _file;
    private bool _hasName;

    /// <summary>The file.</summary>
    public KernelFile File => _file ?? throw new InvalidOperationException("the file is not made yet");

    /// <summary>The steps up to the complete file without a name.</summary>
    public IEnumerable<SwapStep> Making(Func<SwapPlace> place, SwapFileSystem system)
    {
        yield return new("make a file without a name, mode 0600", () => Create(place()), Dispose);
        if (system.NeedsNoCopyOnWrite)
        {
            yield return new($"switch off copy-on-write for it, as {system.Name} needs", SwitchOffCopyOnWrite);
        }
        yield return new($"allocate {ByteText.Of(size)}", () => SwapBlocks.Allocate(machine, File, 0, size, watch));
        yield return new("write the header of a swap area", () => FileCalls.WriteAt(File, header.ToPage(), 0));
        yield return new("write it to the disk (fsync)", () => FileCalls.Sync(File));
        yield return new("prove that no part of it is a hole, shared, inline or delayed", () => SwapBlocks.Prove(machine, File, size));
    }

    /// <summary>The step that gives it its name.</summary>
    public SwapStep Naming(Func<SwapPlace> place, string path) => new($"name it {path}", () => GiveName(place()), TakeName);

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Create(SwapPlace place)
    {
        try
        {
            _file = machine.Calls.CreateUnnamed(place.Directory, Mode);
        }
        catch (KernelException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.EISDIR or Errno.EINVAL)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, e.Errno, place.DirectoryPath,
                $"The file system of {place.DirectoryPath} cannot hold a file without a name (O_TMPFILE), which ext4, XFS, btrfs and F2FS can: choose a directory on one of these.");
        }
        // The process's umask takes bits away and adds none.
        FileCalls.ChangeMode(_file, Mode);
        if (FileCalls.StatusOf(_file).IsMemoryMapped)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EINVAL, place.DirectoryPath,
                $"Files in {place.DirectoryPath} are memory themselves (DAX), and the kernel does not swap to them: choose a directory on another disk.");
        }
    }

    private void SwitchOffCopyOnWrite()
    {
        FileFlags flags = machine.Calls.FlagsOf(File) ?? FileFlags.None;
        FileFlags wanted = (flags & ~FileFlags.Compressed) | FileFlags.NoCopyOnWrite;
        if (flags != wanted)
        {
            machine.Calls.ChangeFlags(File, wanted);
        }
        if (machine.Calls.FlagsOf(File) is FileFlags now && (now & FileFlags.NoCopyOnWrite) == 0)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EINVAL, File.Name,
                "The file system keeps copying on write (is it mounted with compress-force?), so it cannot hold a swap file: choose another directory.");
        }
    }

    private void GiveName(SwapPlace place)
    {
        _place = place;
        try
        {
            machine.Calls.GiveName(File, place.Directory, place.Name);
        }
        catch (KernelException e) when (e.Errno == Errno.EEXIST)
        {
            throw SwapFileCheck.Exists(place.Path, "something got that name while the file was made");
        }
        _hasName = true;
        FileCalls.Sync(place.Directory);
    }

    private void TakeName()
    {
        if (_hasName)
        {
            _place!.Remove(File);
        }
    }
}
