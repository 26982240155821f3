using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Set-HugePagePool: how many huge pages of a size the machine or a node keeps, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.Set, "HugePagePool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ByCount)]
[OutputType(typeof(HugePagePoolResult))]
[OutputType(typeof(MemoryChange))]
public sealed class SetHugePagePoolCommand : ChangeCmdlet
{
    private const string ByCount = "Count";
    private const string ByBytes = "Bytes";

    /// <summary>The size of a page, such as 2MB or 1GB; without it the kernel's default size.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ByteSize]
    [ArgumentCompleter(typeof(HugePagePoolSizeCompleter))]
    public long? PageSize { get; set; }

    /// <summary>How many pages the pool shall have.</summary>
    [Parameter(ParameterSetName = ByCount, Position = 1)]
    [ValidateRange(0, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>How much memory the pool shall have; rounded up to whole pages.</summary>
    [Parameter(ParameterSetName = ByBytes, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    [ByteSize]
    public long? Bytes { get; set; }

    /// <summary>The NUMA nodes whose pools are set, each to that size; without it the machine's, which the kernel spreads over the nodes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NoneIfEmpty]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public int[]? Node { get; set; }

    /// <summary>How many pages beyond the pool's size the kernel may make when programs ask for more.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Overcommit { get; set; }

    /// <summary>Also write what sets the pool at every boot: sysctl.d or tmpfiles.d; for pages like 1 GiB, say what the kernel command line needs.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Do not ask although it takes more than half of what is available, and try although it takes more than all of it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private readonly Dictionary<int, long> _gigantic = [];

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (Count is null && Bytes is null && Overcommit is null)
        {
            throw HugePageErrors.NothingToSet();
        }
        long? size = HugePageCheck.Size(Machine, PageSize);
        if (Overcommit is not null && Node is not null)
        {
            throw HugePageErrors.NoOvercommitOfNode();
        }
        if (Overcommit > 0 && size is long given && HugePageBoot.IsGigantic(Machine, given))
        {
            throw HugePageErrors.NoOvercommitOfGigantic(given);
        }
        if (Pages(size) is long pages)
        {
            foreach (int? node in Node is null ? [null] : Node.Cast<int?>())
            {
                PerItem(node ?? (object?)size, () => Resize(size, node, pages));
            }
            Advise(size, pages);
        }
        if (Overcommit is long surplus)
        {
            Apply(SurplusChanges(size, surplus));
        }
    }

    private long? Pages(long? size) => Bytes is not long bytes ? Count
        : size is long known ? bytes / known + (bytes % known > 0 ? 1 : 0)
        : throw HugePageErrors.NoDefaultSize();

    private void Resize(long? size, int? node, long pages)
    {
        if (node is int id)
        {
            HugePageCheck.Node(Machine, id);
        }
        List<PlannedChange> changes = [];
        if (Machine.HasKernel || !IsOn(Persist))
        {
            changes.Add(PlanNow(size ?? throw HugePageErrors.NoDefaultSize(), node, pages));
        }
        if (IsOn(Persist) && size is long large && HugePageBoot.IsGigantic(Machine, large))
        {
            _gigantic[node ?? -1] = pages;
        }
        else if (IsOn(Persist))
        {
            changes.AddRange(HugePageBoot.Plan(Machine, size, node, pages));
        }
        Apply(changes);
    }

    private HugePagePoolChange PlanNow(long size, int? node, long pages)
    {
        HugePagePoolChange change = HugePagePoolChange.Plan(Machine, size, node, pages);
        return Machine.HasKernel
            ? HugePageCheck.Weigh(Machine, change, pages, IsOn(Force)) with
            {
                Report = Report,
                Progress = reached => Shell.Progress($"Growing the pool of huge pages of {Display.Size(size)}", $"{reached} of {pages}", (int)(100.0 * reached / pages)),
                Stopping = Shell.Stopping,
            }
            : change;
    }

    private void Report(HugePagePoolResult result)
    {
        Shell.Write(result);
        long kept = result.Achieved - (result.Surplus ?? 0);
        if (kept < result.Asked)
        {
            Shell.Error(HugePageErrors.Incomplete(result, HugePageBoot.IsGigantic(Machine, result.PageSize)
                ? $"Pages of this size are best made at boot: {KernelLine(result.PageSize, result.Node is int node ? new Dictionary<int, long> { [node] = result.Asked } : null, result.Asked)}."
                : "Clear-PageCache -Mode All, or ending programs, may make room; at boot there is most: add -Persist."));
        }
        else if (result.Achieved > result.Asked)
        {
            Shell.Warn($"{result.Achieved - result.Asked} huge pages of {Display.Size(result.PageSize)} are in use: they stay as surplus pages until their users free them.");
        }
    }

    private List<PlannedChange> SurplusChanges(long? size, long surplus)
    {
        List<PlannedChange> changes = [];
        if (Machine.HasKernel || !IsOn(Persist))
        {
            changes.Add(HugePageBoot.PlanSurplus(Machine, size ?? throw HugePageErrors.NoDefaultSize(), surplus));
        }
        if (IsOn(Persist))
        {
            changes.AddRange(HugePageBoot.PlanOvercommit(Machine, size, surplus));
        }
        return changes;
    }

    // What lies beyond our files is said, not written: a wrong line there keeps a machine from starting.
    private void Advise(long? size, long pages)
    {
        if (_gigantic.Count > 0 && size is long large)
        {
            Shell.Warn($"Nothing was written for the next boot: pages of {Display.Size(large)} can be had for certain only before memory is broken up. "
                + $"{KernelLine(large, _gigantic.ContainsKey(-1) ? null : _gigantic, pages)}, and look afterwards how many there are: the kernel may make fewer, without a word.");
            _gigantic.Clear();
        }
    }

    private static string KernelLine(long size, IReadOnlyDictionary<int, long>? nodes, long pages) =>
        $"Add '{HugePageBoot.CommandLine(size, nodes, pages)}' to the kernel command line (GRUB_CMDLINE_LINUX in /etc/default/grub, then update-grub or grub2-mkconfig)";
}
