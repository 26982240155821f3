using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Set-Swappiness: how readily the kernel swaps rather than drops file pages, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.Set, "Swappiness", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class SetSwappinessCommand : SettingCmdlet
{
    /// <summary>0 to 200: 100 takes swap and file pages for equally costly, less spares swap. Kernels before 5.8 take up to 100.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateRange(0, 200)]
    public int Value { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem() =>
        PerItem(Value, () => Apply(Plan("vm.swappiness", Value.ToString(CultureInfo.InvariantCulture))));
}
