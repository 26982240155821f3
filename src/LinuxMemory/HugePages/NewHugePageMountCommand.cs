using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>New-HugePageMount: mounts hugetlbfs, through which programs take huge pages as files, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.New, "HugePageMount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(HugePageMount))]
[OutputType(typeof(MemoryChange))]
public sealed class NewHugePageMountCommand : ChangeCmdlet
{
    private const long MostIds = uint.MaxValue - 1L;

    /// <summary>The directory to mount on; it is made when it is not there. It must be empty, and no symbolic link.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The size of its pages, such as 2MB or 1GB; without it the kernel's default size.</summary>
    [Parameter(Position = 1)]
    [ByteSize]
    [ArgumentCompleter(typeof(HugePagePoolSizeCompleter))]
    public long? PageSize { get; set; }

    /// <summary>How much its files may take at most; without it as much as the pool has.</summary>
    [Parameter]
    [ByteSize]
    [ValidateRange(0, long.MaxValue)]
    public long? Size { get; set; }

    /// <summary>How much of the pool is kept for it from the start.</summary>
    [Parameter]
    [ByteSize]
    [ValidateRange(0, long.MaxValue)]
    public long? MinSize { get; set; }

    /// <summary>How many files and directories it may hold at most.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Inodes { get; set; }

    /// <summary>The id of the user whom its directory belongs to; without it root.</summary>
    [Parameter]
    [ValidateRange(0, MostIds)]
    public long UserId { get; set; }

    /// <summary>The id of the group whom its directory belongs to; without it root.</summary>
    [Parameter]
    [ValidateRange(0, MostIds)]
    public long GroupId { get; set; }

    /// <summary>The mode of its directory in octal digits, such as 1770; without it 0755.</summary>
    [Parameter]
    [ValidatePattern("^[0-7]{3,4}$")]
    public string Mode { get; set; } = "755";

    /// <summary>Also write the line in /etc/fstab that mounts it at every boot.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Mount also on a directory that is not empty, whose files cannot be reached meanwhile.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (MinSize > Size)
        {
            throw HugePageMountErrors.MinimumAboveSize();
        }
        HugePageMount wanted = new()
        {
            Path = HugePageMountChange.PathOf(Machine, Shell.ResolvePath(Path)),
            PageSize = HugePageCheck.Size(Machine, PageSize),
            Size = Size,
            MinSize = MinSize,
            Inodes = Inodes,
            UserId = UserId,
            GroupId = GroupId,
            Mode = Mode,
        };
        HugePageMountErrors.Explain(wanted.Path, () => Make(wanted));
    }

    private bool Make(HugePageMount wanted)
    {
        List<PlannedChange> changes = [];
        bool mountsNow = Machine.HasKernel || !IsOn(Persist);
        if (mountsNow)
        {
            changes.Add(HugePageMountChange.Plan(Machine, wanted, IsOn(Force)));
        }
        if (IsOn(Persist))
        {
            changes.Add(FstabChange.Add(Machine, HugePageFstab.Entry(wanted)));
        }
        Apply(changes);
        if (mountsNow && HugePageMountChange.Find(Machine, wanted.Path) is HugePageMount made)
        {
            Shell.Write(made);
        }
        return true;
    }
}
