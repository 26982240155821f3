using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Invoke-MemoryReclaim: asks the kernel to reclaim memory of control groups now, and shows what that brought.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MemoryReclaim", SupportsShouldProcess = true)]
[OutputType(typeof(CgroupReclaimResult))]
[OutputType(typeof(MemoryChange))]
public sealed class InvokeMemoryReclaimCommand : ChangeCmdlet
{
    /// <summary>The groups, such as system.slice/ssh.service; wildcards are permitted.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cgroup")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CgroupCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>How much to reclaim. Without it all that can be had; version 1 knows nothing else.</summary>
    [Parameter(Position = 1)]
    [ByteSize]
    [ValidateRange(1, long.MaxValue)]
    public long? Size { get; set; }

    /// <summary>How readily to swap meanwhile: 0 reclaims page cache alone, 200 anonymous memory first. Version 2, since 6.9.</summary>
    [Parameter]
    [ValidateRange(0, 200)]
    public int? Swappiness { get; set; }

    /// <summary>Stop when tasks of the group have waited for memory longer than this meanwhile. Version 2 with pressure.</summary>
    [Parameter]
    public TimeSpan? MaxStall { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        CgroupTree tree = CgroupErrors.TreeOf(Machine);
        foreach (string path in Path)
        {
            PerItem(path, () =>
            {
                foreach (string group in CgroupErrors.Groups(tree, Machine, path))
                {
                    PerItem(group, () => Reclaim(tree.Hierarchy, group));
                }
            });
        }
    }

    private void Reclaim(CgroupHierarchy hierarchy, string group)
    {
        string activity = $"Reclaiming memory of {group}";
        CgroupReclaimChange change;
        try
        {
            change = CgroupReclaimChange.Plan(Machine, hierarchy, group, Size, Shell.Write, percent => Shell.Progress(activity, $"{percent} %", percent), Shell.Stopping);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            throw CgroupErrors.NotFound(hierarchy, group, e);
        }
        Require(change, hierarchy);
        string amount = Size is long bytes && hierarchy.Version == 2 ? Display.Size(bytes) : "all that can be had";
        Apply(change with
        {
            Swappiness = Swappiness,
            MaxStall = MaxStall,
            Sentence = $"Reclaim {amount} of the memory of {group}",
            Caution = Size is not null && hierarchy.Version == 1
                ? $"Version 1 cannot reclaim an amount: memory.force_empty of {group} gives up all its page cache and swaps what it can."
                : null,
        });
    }

    private void Require(CgroupReclaimChange change, CgroupHierarchy hierarchy)
    {
        string? reason = hierarchy.Version == 1 && (Swappiness is not null || MaxStall is not null) ? "-Swappiness and -MaxStall need version 2: memory.force_empty takes no number and cannot be stopped"
            : Swappiness is not null && !change.Path.EndsWith("/memory.reclaim", StringComparison.Ordinal) ? "-Swappiness needs memory.reclaim, which came with Linux 5.19"
            : MaxStall is not null && !Machine.Exists($"{hierarchy.DirectoryOf(change.Group)}/memory.pressure") ? "-MaxStall needs memory.pressure of the group: the kernel does not measure pressure here (CONFIG_PSI, psi=1)"
            : change.Group == hierarchy.Top && hierarchy.Version == 1 ? "the topmost group of version 1 cannot be emptied; Clear-PageCache drops the machine's caches"
            : null;
        if (reason is not null)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.CgroupLimitUnavailable, ErrorCategory.NotInstalled, $"{change.Group}: {reason}.", change.Group));
        }
    }
}
