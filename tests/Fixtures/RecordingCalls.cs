using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>A kernel that writes down what it is asked to do, and does nothing; swap areas it shows in the tree's proc/swaps.</summary>
public sealed class RecordingCalls : SystemCalls
{
    private readonly Dictionary<(int, int), LimitPair> _limits = [];
    private const int Ext4 = 0xEF53;

    private readonly List<string> _unnamed = [];

    public List<string> Made { get; } = [];

    /// <summary>The tree whose proc/swaps shows the areas in use; null shows none.</summary>
    public string? Root { get; init; }

    /// <summary>The call that fails, once, when it is made the next time: "fallocate", "swapon".</summary>
    public string? Failing { get; set; }

    /// <summary>What it fails with.</summary>
    public Errno Failure { get; set; } = Errno.EIO;

    /// <summary>Called before each call, for tests that do something in the middle.</summary>
    public Action<string>? OnCall { get; set; }

    /// <summary>The file system that everything lies on.</summary>
    public uint FileSystem { get; set; } = Ext4;

    /// <summary>Bytes free on it.</summary>
    public long Available { get; set; } = 1L << 40;

    /// <summary>The only part of a file that has blocks; null for all of it.</summary>
    public (long Start, long Length)? Part { get; set; }

    internal FileFlags Flags { get; private set; }

    public override int PageSize => 4096;

    /// <summary>Who asks the kernel.</summary>
    public int UserId { get; set; }

    public override int EffectiveUserId => UserId;

    internal override long? LargestFileSize => null;

    public override Errno Probe(ProbedCall call) => Errno.None;

    /// <summary>Whether a pressure trigger fires, and what happens while we wait for it.</summary>
    public Func<bool> Pressure { get; set; } = () => true;

    public override bool WaitForPressure(string path, string trigger, Func<bool> isSo, TimeSpan? timeout, CancellationToken stopping)
    {
        Made.Add($"wait {path}: {trigger}");
        return Pressure();
    }

    /// <summary>Told of the directory and the options of a mount; null for an unmount.</summary>
    public Action<string, string?> Mounted { get; set; } = (_, _) => { };

    internal override void Mount(KernelFile directory, string fileSystem, string options)
    {
        Made.Add($"mount {fileSystem} {directory.Name} {options}");
        Mounted(directory.Name, options);
    }

    internal override void Unmount(string path)
    {
        Made.Add($"umount2 {path}");
        Mounted(path, null);
    }

    public override void Sync() => Made.Add("sync");

    /// <summary>The flags of each swapon.</summary>
    public List<int> SwapFlags { get; } = [];

    public override void SwapOn(string path, int flags)
    {
        string target = Record("swapon", Real(path));
        SwapFlags.Add(flags);
        if (Root is not null)
        {
            long size = new FileInfo(target).Length;
            int priority = (flags & 0x8000) == 0 ? -2 : flags & 0x7FFF;
            File.AppendAllText(Swaps, $"{Escaped(target)}\tfile\t\t{(size >> 10) - 4}\t\t0\t\t{priority}\n");
        }
    }

    public override Errno SwapOff(string path, Func<bool> goesOn)
    {
        string target = Record("swapoff", Real(path));
        if (!goesOn())
        {
            return Errno.EINTR;
        }
        if (Root is not null)
        {
            File.WriteAllLines(Swaps, File.ReadAllLines(Swaps).Where(line => line.Split(' ', '\t')[0] != Escaped(target)));
        }
        return Errno.None;
    }

    // A device is a folder of files in the tree's sys, and a file in its dev.
    public override int AddZram()
    {
        int id = 0;
        while (Directory.Exists(ZramFolder(id)))
        {
            id++;
        }
        Record("hot_add", $"zram{id}");
        Directory.CreateDirectory(ZramFolder(id));
        File.WriteAllText(Path.Join(ZramFolder(id), "comp_algorithm"), "[lzo-rle] lz4 zstd\n");
        File.WriteAllText(Path.Join(ZramFolder(id), "disksize"), "0\n");
        File.WriteAllText(Path.Join(ZramFolder(id), "mem_limit"), "");
        File.WriteAllText(Path.Join(ZramFolder(id), "mm_stat"), "0 0 0 0 0 0 0 0 0\n");
        Directory.CreateDirectory(Path.Join(Root, "dev"));
        File.WriteAllText(Path.Join(Root, $"dev/zram{id}"), "");
        return id;
    }

    public override void RemoveZram(int id)
    {
        Record("hot_remove", $"zram{id}");
        Directory.Delete(ZramFolder(id), recursive: true);
        File.Delete(Path.Join(Root, $"dev/zram{id}"));
    }

    internal override FileSystemStatus FileSystemOf(KernelFile file) => new(FileSystem, 1L << 41, Available, IsReadOnly: false) { BlockSize = BlockSize };

    /// <summary>Bytes in a block of the file system.</summary>
    public long BlockSize { get; set; } = 4096;

    // A name of its own stands for none: not every file system that tests run on has files without names.
    internal override KernelFile CreateUnnamed(KernelFile directory, int mode)
    {
        Record("create", directory.Name);
        string name = $".unnamed-{Guid.NewGuid():N}";
        _unnamed.Add(Path.Join(directory.Name, name));
        return FileCalls.CreateAt(directory, name, OpenFlags.ReadWrite | OpenFlags.Exclusive, mode);
    }

    internal override void GiveName(KernelFile file, KernelFile directory, string name)
    {
        string path = Record("link", Path.Join(directory.Name, name));
        if (FileCalls.HasName(directory, name))
        {
            throw new KernelException(Errno.EEXIST, "link", path);
        }
        FileCalls.Rename(directory, Path.GetFileName(file.Name), name);
    }

    internal override void Allocate(KernelFile file, long offset, long length)
    {
        Record("fallocate", file.Name);
        FileCalls.Truncate(file, offset + length);
    }

    internal override IReadOnlyList<FileExtent> Extents(KernelFile file)
    {
        if (Failing == "fiemap")
        {
            Record("fiemap", file.Name);
        }
        (long start, long length) = Part ?? (0, FileCalls.StatusOf(file).Size);
        return [new FileExtent(start, length, FileExtentFlags.Last)];
    }

    internal override FileFlags? FlagsOf(KernelFile file) => Flags;

    internal override void ChangeFlags(KernelFile file, FileFlags flags)
    {
        Record("chattr", file.Name);
        Flags = flags;
    }

    internal override void DropCachedPages(KernelFile file) => Made.Add($"posix_fadvise {file.Name}");

    internal override CachedPages? CountCachedPages(KernelFile file) => new CachedPages(Made.Count == 0 ? 5 : 0, 0);

    internal override KernelFile HoldProcess(int id) => KernelFile.None;

    internal override bool IsHeld(KernelFile process) => true;

    internal override LimitPair ReadLimit(int id, int resource) => _limits.GetValueOrDefault((id, resource), new LimitPair(8 << 20, LimitPair.Unlimited));

    internal override void WriteLimit(int id, int resource, LimitPair limit)
    {
        Made.Add($"prlimit {id} {resource} {limit.Soft} {limit.Hard}");
        _limits[(id, resource)] = limit;
    }

    internal override long MovePages(int id, IReadOnlyCollection<int> from, IReadOnlyCollection<int> to)
    {
        Made.Add($"migrate_pages {id} {string.Join(',', from)} {string.Join(',', to)}");
        return 3;
    }

    internal override long Advise(KernelFile process, ulong address, ulong length, int advice)
    {
        Made.Add($"process_madvise {address:x} {length} {advice}");
        return (long)length;
    }

    /// <summary>Removes what has a name here and would have none: the kernel does that when the file is closed.</summary>
    public void Close() => _unnamed.ForEach(File.Delete);

    private string ZramFolder(int id) => Path.Join(Root, $"sys/devices/virtual/block/zram{id}");

    private string Swaps => Path.Join(Root, "proc/swaps");

    private string Record(string call, string target)
    {
        OnCall?.Invoke(call);
        if (Failing == call)
        {
            Failing = null;
            throw new KernelException(Failure, call, target);
        }
        Made.Add($"{call} {target}");
        return target;
    }

    private static string Real(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private string Escaped(string target) => $"/{Path.GetRelativePath(Root!, target)}".Replace(" ", "\\040", StringComparison.Ordinal);
}
