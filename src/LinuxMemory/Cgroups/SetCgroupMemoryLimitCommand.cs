using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Set-CgroupMemoryLimit: sets the memory limits of control groups, and with -Persist of their systemd units.</summary>
[Cmdlet(VerbsCommon.Set, "CgroupMemoryLimit", SupportsShouldProcess = true)]
[OutputType(typeof(MemoryChange))]
public sealed class SetCgroupMemoryLimitCommand : ChangeCmdlet
{
    /// <summary>The groups, such as system.slice/ssh.service; wildcards are permitted.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cgroup")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CgroupCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Bytes that are never reclaimed while other memory is there, or max. Version 2.</summary>
    [Parameter]
    [ByteLimit]
    public long? Min { get; set; }

    /// <summary>Bytes that are reclaimed only when nothing else is left, or max; the soft limit of version 1.</summary>
    [Parameter]
    [ByteLimit]
    public long? Low { get; set; }

    /// <summary>Bytes above which the group is slowed down and reclaimed, or max. Version 2.</summary>
    [Parameter]
    [ByteLimit]
    public long? High { get; set; }

    /// <summary>Bytes that the group can use at most, or max. Below its use the kernel may kill.</summary>
    [Parameter]
    [ByteLimit]
    public long? Max { get; set; }

    /// <summary>Bytes of swap at most, or max.</summary>
    [Parameter]
    [ByteLimit]
    public long? SwapMax { get; set; }

    /// <summary>Also write a drop-in of the systemd unit that owns the group, as systemctl set-property does.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Do not ask about a limit below what the group uses.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private readonly HashSet<string> _cautioned = [];

    private Dictionary<CgroupLimit, long> Wanted => new (CgroupLimit Limit, long? Bytes)[]
        {
            (CgroupLimit.Min, Min), (CgroupLimit.Low, Low), (CgroupLimit.High, High), (CgroupLimit.Max, Max), (CgroupLimit.SwapMax, SwapMax),
        }
        .Where(limit => limit.Bytes is not null).ToDictionary(limit => limit.Limit, limit => limit.Bytes!.Value);

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        Dictionary<CgroupLimit, long> wanted = Wanted;
        if (wanted.Count == 0)
        {
            throw Shell.Stop(ErrorRecords.Make(ErrorIds.CgroupLimitMissing, ErrorCategory.InvalidArgument,
                "Say which limit: -Max, -High, -Low, -Min or -SwapMax, each with a size such as 512MB, or max for none.", null));
        }
        CgroupTree tree = CgroupErrors.TreeOf(Machine);
        foreach (string path in Path)
        {
            PerItem(path, () =>
            {
                foreach (string group in CgroupErrors.Groups(tree, Machine, path))
                {
                    PerItem(group, () => Set(tree, group, wanted));
                }
            });
        }
    }

    private void Set(CgroupTree tree, string group, Dictionary<CgroupLimit, long> wanted)
    {
        CgroupMemory now;
        try
        {
            now = tree.Read(group);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            throw CgroupErrors.NotFound(tree.Hierarchy, group, e);
        }
        Apply(Plan(tree.Hierarchy, group, wanted, now));
    }

    private List<PlannedChange> Plan(CgroupHierarchy hierarchy, string group, Dictionary<CgroupLimit, long> wanted, CgroupMemory now)
    {
        SystemdUnit? unit = IsOn(Persist) ? UnitOf(group) : null;
        List<PlannedChange> changes = [];
        foreach ((string file, long bytes) in FilesFor(hierarchy.Version, wanted, now))
        {
            RequireFile(hierarchy, group, file);
            changes.Add(WithCare(CgroupLimitChange.Plan(Machine, hierarchy, group, file, bytes), now, wanted.GetValueOrDefault(CgroupLimit.Max, CgroupValueFile.Unlimited)));
        }
        if (unit is not null)
        {
            changes.AddRange(wanted.Select(limit => InUnit(unit, limit.Key, limit.Value)));
        }
        return changes;
    }

    private static IReadOnlyList<(string File, long Bytes)> FilesFor(int version, Dictionary<CgroupLimit, long> wanted, CgroupMemory now)
    {
        try
        {
            return CgroupLimitPlan.Files(version, wanted, now);
        }
        catch (CgroupLimitException e)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.CgroupLimitUnavailable, ErrorCategory.NotInstalled, e.Message + ".", now.Path, e));
        }
    }

    private CgroupLimitChange WithCare(CgroupLimitChange change, CgroupMemory now, long max)
    {
        bool isMax = change.Path.EndsWith("/memory.max", StringComparison.Ordinal) || change.Path.EndsWith("/memory.limit_in_bytes", StringComparison.Ordinal);
        if (!isMax || !(max < now.Current))
        {
            return change;
        }
        string over = $"{now.Path} uses {Display.Size(now.Current)}, {Display.Size(now.Current - max)} more than the new limit. The kernel reclaims what it can";
        return change with
        {
            IsGrave = !IsOn(Force),
            Caution = now.Version == 1 ? $"{over}; where that is not enough, it keeps the old limit." : $"{over}; for the rest it kills{First(now.Path)}.",
            ReportKills = kills => Shell.Warn($"{now.Path}: {kills} {(kills == 1 ? "process was" : "processes were")} killed to reach the new limit."),
        };
    }

    // Who would be killed first, by the limit that the group still has.
    private string First(string group)
    {
        try
        {
            OomScope scope = OomScope.Of(Machine, CgroupErrors.TreeOf(Machine), group);
            return OomCandidates.Read(Machine, scope).Ranked() is [{ Rank: 1 } first, ..] ? $", first {Display.Text(first.Name)} ({first.Id})" : "";
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            return "";
        }
    }

    private void RequireFile(CgroupHierarchy hierarchy, string group, string file)
    {
        string path = $"{hierarchy.DirectoryOf(group)}/{file}";
        if (!Machine.Exists(path))
        {
            string reason = group == hierarchy.Top ? "the topmost group has no limits"
                : file.Contains("sw", StringComparison.Ordinal) ? "the kernel does not account swap here (CONFIG_SWAP, or swapaccount=0 at boot)"
                : "the group above does not pass the memory controller on, or the kernel is too old for it";
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.CgroupLimitUnavailable, ErrorCategory.NotInstalled,
                $"{Machine.Locate(path)} is not there: {reason}. Nothing was changed.", group));
        }
    }

    private SystemdUnit UnitOf(string group)
    {
        SystemdUnit unit = SystemdUnit.OfGroup(Machine, group, "MemoryMax");
        return unit.Obstacle is null ? unit : throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.CgroupHasNoUnit, ErrorCategory.InvalidOperation,
            $"-Persist: nothing lasting can be set for {group}: {unit.Obstacle}. Nothing was changed; leave out -Persist to change the running group alone.", group));
    }

    private ConfigLineChange InUnit(SystemdUnit unit, CgroupLimit limit, long bytes)
    {
        ConfigLineChange change = CgroupLimitPlan.InUnit(Machine, unit.Name!, limit, bytes);
        // A file for each limit, and one word about the unit.
        return change.IsNeeded && _cautioned.Add(unit.Name!)
            ? change with { Caution = $"systemd reads {System.IO.Path.GetDirectoryName(change.Target)} at 'systemctl daemon-reload' or when the machine starts; until then it knows the old limits of {unit.Name}." }
            : change;
    }
}
