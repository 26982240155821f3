using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Set-NumaBalancing: whether the kernel moves pages to the node whose CPUs use them, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.Set, "NumaBalancing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class SetNumaBalancingCommand : SettingCmdlet
{
    private const string Setting = "kernel.numa_balancing";
    private const int BetweenNodes = 1;

    /// <summary>True to move pages between nodes; false to move none, neither between nodes nor between tiers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public bool Enabled { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() => PerItem(Setting, () =>
    {
        IReadOnlyList<PlannedChange> changes = Plan(Setting, Wanted().ToString(CultureInfo.InvariantCulture));
        if (Enabled && Machine.HasKernel && changes.Any(change => change.IsNeeded) && NumaNodes.Ids(Machine).Count < 2)
        {
            Shell.Warn("This machine has one NUMA node, so there is nothing to balance: pages are sampled, which costs a little, and none is ever moved.");
        }
        Apply(changes);
    });

    // 2, the promotion of hot pages from slow memory since 5.18, is another bit: it stays on beside.
    private long Wanted() =>
        !Enabled ? 0
        : MemorySettings.Names(Machine).Contains(Setting) && SettingValue.Parse(SettingType.Number, Machine.ReadText(SettingName.ToPath(Setting)).Trim()) is long mode
            ? mode | BetweenNodes
            : BetweenNodes;
}
