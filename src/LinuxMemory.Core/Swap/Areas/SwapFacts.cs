using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What can be seen of one swap area, wherever it stands.</summary>
internal sealed record SwapFacts
{
    public required string Path { get; init; }

    public required SwapAreaKind Kind { get; init; }

    public ActiveSwap? Active { get; init; }

    public SwapHeader? Header { get; init; }

    /// <summary>Mode, owner and size; null where the file or device cannot be opened.</summary>
    public FileStatus? Status { get; init; }

    /// <summary>Why it cannot be opened; null when it can.</summary>
    public Errno? Obstacle { get; init; }

    /// <summary>True when a header is there that makes no sense.</summary>
    public bool IsDamaged { get; init; }

    public string? FileSystem { get; init; }

    /// <summary>The disk that it lies on: "254:0"; null where it is not known.</summary>
    public string? Disk { get; init; }

    public bool? IsRotational { get; init; }

    public IReadOnlyList<ConfiguredSwap> Configured { get; init; } = [];

    public static SwapFacts Of(Machine machine, string path, ActiveSwap? active)
    {
        SwapAreaKind kind = path.StartsWith("/dev/zram", StringComparison.Ordinal) ? SwapAreaKind.Zram
            : active is { IsFile: true } || (active is null && !path.StartsWith("/dev/", StringComparison.Ordinal)) ? SwapAreaKind.File
            : SwapAreaKind.Partition;
        SwapFacts facts = Look(machine, new SwapFacts { Path = path, Kind = kind, Active = active });
        MountInfo? mount = kind == SwapAreaKind.File ? MountOf(machine, path) : null;
        string? disk = kind == SwapAreaKind.File ? mount?.Device : facts.Status?.OwnDevice.ToString();
        return facts with { FileSystem = mount?.FileSystem, Disk = disk, IsRotational = SwapDisk.IsRotational(machine, disk, kind == SwapAreaKind.File ? mount?.Source : path) };
    }

    private static SwapFacts Look(Machine machine, SwapFacts facts)
    {
        if (!facts.Path.StartsWith('/'))
        {
            return facts with { Obstacle = Errno.ENOENT };
        }
        try
        {
            using KernelFile file = machine.OpenArea(facts.Path);
            facts = facts with { Status = FileCalls.StatusOf(file) };
            return facts with { Header = SwapHeader.Read(file) };
        }
        catch (KernelException e)
        {
            return facts with { Obstacle = e.Errno };
        }
        catch (KernelFormatException)
        {
            return facts with { IsDamaged = true };
        }
    }

    // The longest mount point that the path begins with; of two on one point the later one lies above.
    private static MountInfo? MountOf(Machine machine, string path)
    {
        try
        {
            return MountInfoFile.Read(machine).Where(mount => mount.MountPoint == "/" || path.StartsWith(mount.MountPoint + "/", StringComparison.Ordinal))
                .Aggregate((MountInfo?)null, (best, mount) => best is null || mount.MountPoint.Length >= best.MountPoint.Length ? mount : best);
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            return null;
        }
    }
}
