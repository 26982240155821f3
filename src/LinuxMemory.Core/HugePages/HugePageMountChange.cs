using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A hugetlbfs mounted on a directory, or unmounted: values are its options, null where nothing is mounted. A directory that was
/// made for the mount goes with it.
/// </summary>
public sealed record HugePageMountChange : PlannedChange
{
    private const string FileSystem = "hugetlbfs";
    private const int DirectoryMode = 0x1ED; // 0755

    /// <summary>Where it is mounted.</summary>
    public required string Path { get; init; }

    /// <summary>True when the directory was made for the mount.</summary>
    public bool MadeDirectory { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => this with
    {
        OldValue = NewValue, NewValue = OldValue, Sentence = null, IsGrave = false, Caution = null,
    };

    /// <summary>A path as the list of mounts shows it: links on the way to it are followed, one at its end is not.</summary>
    public static string PathOf(Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(path);
        string plain = path.Length > 1 ? path.TrimEnd('/') : path;
        try
        {
            return plain is "" or "/" ? "/" : System.IO.Path.Join(machine.RealPath(Relative(System.IO.Path.GetDirectoryName(plain)!) is { Length: > 0 } parent ? parent : "."), System.IO.Path.GetFileName(plain));
        }
        catch (KernelException)
        {
            return plain;
        }
    }

    /// <summary>Plans a mount with the limits of <paramref name="wanted"/>, whose page size is given.</summary>
    /// <exception cref="KernelException">
    /// The path is a symbolic link (ELOOP), no directory (ENOTDIR), not empty (ENOTEMPTY, unless <paramref name="covers"/>), something
    /// else is mounted there (EBUSY), or its parent is not there.
    /// </exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static HugePageMountChange Plan(Machine machine, HugePageMount wanted, bool covers)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(wanted);
        HugePageMountChange change = new()
        {
            Path = wanted.Path,
            Target = wanted.Path,
            Setting = FileSystem,
            OldValue = Options(machine, wanted.Path),
            NewValue = wanted.ToOptions(),
            Sentence = $"Mount hugetlbfs with {wanted.ToOptions()}",
        };
        if (change.IsNeeded)
        {
            MountPoint.Require(machine, wanted.Path, covers);
        }
        return change;
    }

    /// <summary>Plans to unmount what is mounted there.</summary>
    /// <exception cref="KernelException">The last thing mounted there is no hugetlbfs, or nothing is (EINVAL).</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static HugePageMountChange PlanRemoval(Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string options = Options(machine, path) ?? throw new KernelException(Errno.EINVAL, "umount2", path);
        long files = FilesIn(machine, path);
        bool made = WasMadeFor(machine, path);
        return new HugePageMountChange
        {
            Path = path,
            MadeDirectory = made,
            Target = path,
            Setting = FileSystem,
            OldValue = options,
            Sentence = $"Unmount hugetlbfs ({options}){(made ? " and remove the directory that was made for it, if it is empty then" : "")}",
            IsGrave = files > 0,
            Caution = files > 0 ? $"{path} holds {files} files or directories. Files of hugetlbfs are memory: they are gone when it is unmounted." : null,
        };
    }

    /// <summary>The hugetlbfs that is mounted last on a path; null where there is none, or something else lies over it.</summary>
    /// <exception cref="KernelException">The list of mounts is denied.</exception>
    /// <exception cref="KernelFormatException">The list of mounts is cut or garbled.</exception>
    public static HugePageMount? Find(Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return MountInfoFile.Read(machine).LastOrDefault(mount => mount.MountPoint == path)?.FileSystem == FileSystem
            ? HugePageMount.Read(machine).LastOrDefault(mount => mount.Path == path)
            : null;
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => Options(machine, Path);

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return NewValue is null ? Unmount(machine) : Mount(machine, NewValue);
    }

    private HugePageMountChange Mount(Machine machine, string options)
    {
        bool made = !machine.Exists(Path) && machine.MakeDirectory(Relative(Path), DirectoryMode);
        try
        {
            using KernelFile directory = MountPoint.Open(machine, Path);
            machine.Calls.Mount(directory, FileSystem, options);
        }
        catch (KernelException) when (made)
        {
            machine.RemoveEmptyDirectory(Relative(Path));
            throw;
        }
        return this with { NewValue = ReadValue(machine) ?? options, MadeDirectory = made };
    }

    private HugePageMountChange Unmount(Machine machine)
    {
        machine.Calls.Unmount(machine.Locate(Relative(Path)));
        bool isGone = MadeDirectory && machine.RemoveEmptyDirectory(Relative(Path));
        return this with { NewValue = null, MadeDirectory = MadeDirectory && !isGone };
    }

    private static string? Options(Machine machine, string path) => Find(machine, path) is HugePageMount mount
        ? (mount with { PageSize = mount.PageSize ?? HugePagePools.DefaultSize(machine) }).ToOptions()
        : null;

    // The last change of this mount in the journal remembers who made the directory.
    private static bool WasMadeFor(Machine machine, string path) =>
        ChangeJournal.Of(machine).Last(change => change.Setting == FileSystem && change.Target == path)?.Reverse is HugePageMountChange { MadeDirectory: true };

    private static long FilesIn(Machine machine, string path)
    {
        try
        {
            return machine.List(Relative(path)).Count;
        }
        catch (KernelException)
        {
            return 0;
        }
    }

    private static string Relative(string path) => path.TrimStart('/');
}
