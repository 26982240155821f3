using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Remove-HugePageMount: unmounts a hugetlbfs that nobody uses, and with -Persist takes its line out of /etc/fstab.</summary>
[Cmdlet(VerbsCommon.Remove, "HugePageMount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class RemoveHugePageMountCommand : ChangeCmdlet
{
    /// <summary>Where they are mounted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HugePageMountCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Also take the line out of /etc/fstab that mounts it at boot.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (string path in Path.Select(path => HugePageMountChange.PathOf(Machine, Shell.ResolvePath(path))))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            PerItem(path, () => HugePageMountErrors.Explain(path, () => Remove(path)));
        }
    }

    private bool Remove(string path)
    {
        ConfigLineChange line = FstabChange.Remove(Machine, HugePageFstab.Entry(path));
        List<PlannedChange> changes = [];
        // Without a mount, its line alone may be what is to go.
        if (Machine.HasKernel && !(IsOn(Persist) && line.IsNeeded && HugePageMountChange.Find(Machine, path) is null))
        {
            changes.Add(HugePageMountChange.PlanRemoval(Machine, path));
        }
        if (IsOn(Persist))
        {
            changes.Add(line);
        }
        else if (line.IsNeeded)
        {
            Shell.Warn($"'{line.OldValue}' in {line.Target} mounts it again at the next boot; -Persist takes the line out, too.");
        }
        Apply(changes);
        return true;
    }
}
