using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The memory of a cgroup reclaimed: piece by piece in version 2, so that it can be stopped; all at once in version 1.</summary>
public sealed record CgroupReclaimChange : KernelActionChange
{
    private const long SmallestPiece = 1024 * 1024;
    private const long LargestPiece = 64 * 1024 * 1024;

    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>Bytes to reclaim; null for all.</summary>
    public required long? Asked { get; init; }

    /// <summary>How readily to swap, 0 to 200; null for as usual. Since 6.9.</summary>
    public int? Swappiness { get; init; }

    /// <summary>The time that tasks of the group may wait for memory meanwhile; null for any.</summary>
    public TimeSpan? MaxStall { get; init; }

    private CgroupHierarchy? Hierarchy { get; init; }

    private Action<CgroupReclaimResult> Report { get; init; } = _ => { };

    private Action<int> Progress { get; init; } = _ => { };

    private CancellationToken Stopping { get; init; }

    private string Directory => Hierarchy!.DirectoryOf(Group);

    private int Version => Hierarchy!.Version;

    /// <summary>Plans to reclaim; the result is reported when it is made.</summary>
    /// <exception cref="KernelException">There is no such group.</exception>
    public static CgroupReclaimChange Plan(
        Machine machine, CgroupHierarchy hierarchy, string group, long? asked, Action<CgroupReclaimResult> report, Action<int> progress, CancellationToken stopping)
    {
        string directory = hierarchy.DirectoryOf(group);
        machine.OpenDirectory(directory).Dispose();
        string file = hierarchy.Version == 1 ? "memory.force_empty" : machine.Exists($"{directory}/memory.reclaim") ? "memory.reclaim" : "memory.high";
        return new CgroupReclaimChange
        {
            Path = $"{directory}/{file}",
            Target = machine.Locate($"{directory}/{file}"),
            Setting = $"{file} of {group}",
            NewValue = asked is long bytes ? CgroupLimitNames.Text(bytes) : "all",
            Group = group,
            Asked = asked,
            Hierarchy = hierarchy,
            Report = report,
            Progress = progress,
            Stopping = stopping,
        };
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        long? before = CgroupReclaim.Current(machine, Directory, Version);
        TimeSpan? stalled = Stalled(machine);
        long start = Stopwatch.GetTimestamp();
        CgroupReclaimEnd end = CgroupReclaimEnd.Done;
        if (Version == 1)
        {
            CgroupReclaim.Empty(machine, Directory);
        }
        else
        {
            end = ByPieces(machine, Asked ?? before ?? 0, before, stalled);
        }
        Report(new CgroupReclaimResult
        {
            Path = Group,
            Asked = Asked,
            Before = before,
            After = CgroupReclaim.Current(machine, Directory, Version),
            Duration = Stopwatch.GetElapsedTime(start),
            Stall = Stalled(machine) - stalled,
            End = end,
        });
        return this;
    }

    private CgroupReclaimEnd ByPieces(Machine machine, long bytes, long? before, TimeSpan? stalled)
    {
        long piece = Math.Clamp(bytes / 16, SmallestPiece, LargestPiece);
        // The kernel reclaims more than a piece rather than less, so the group's use tells when it is enough.
        for (long left = bytes; left > 0; left = Math.Min(left - piece, bytes - (before - CgroupReclaim.Current(machine, Directory, Version) ?? 0)))
        {
            if (Stopping.IsCancellationRequested)
            {
                return CgroupReclaimEnd.Stopped;
            }
            if (Stalled(machine) - stalled > MaxStall)
            {
                return CgroupReclaimEnd.Stalled;
            }
            if (!CgroupReclaim.TryTake(machine, Directory, Math.Min(left, piece), Swappiness))
            {
                return CgroupReclaimEnd.NothingLeft;
            }
            Progress((int)(100.0 * (bytes - left) / bytes));
        }
        return CgroupReclaimEnd.Done;
    }

    private TimeSpan? Stalled(Machine machine)
    {
        try
        {
            using KernelReader? reader = machine.TryRead($"{Directory}/memory.pressure");
            return reader is null ? null : PressureFile.Parse(reader, Group).SomeTotal;
        }
        catch (KernelException e) when (e.Errno == Errno.EOPNOTSUPP || e.IsDenied)
        {
            return null;
        }
    }
}
