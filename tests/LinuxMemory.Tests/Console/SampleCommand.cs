using System.Management.Automation;
using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

/// <summary>A cmdlet that has a parameter of each kind; it is in no module.</summary>
[Cmdlet(VerbsCommon.Set, "Sample", DefaultParameterSetName = "ByName", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class SampleCommand : MemoryCmdlet
{
    [Parameter(ParameterSetName = "ByName", Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    [Parameter(ParameterSetName = "ById", Mandatory = true, Position = 0)]
    [Alias("PID")]
    public int[]? Id { get; set; }

    [Parameter(ParameterSetName = "ByAddress", Mandatory = true)]
    public ulong Address { get; set; }

    [Parameter(Position = 1)]
    [ByteSize]
    public long Size { get; set; }

    [Parameter]
    public DayOfWeek Day { get; set; }

    [Parameter]
    [ValidateRange(0, 200)]
    public int? Value { get; set; }

    [Parameter]
    [ValidateSet("always", "madvise", "never")]
    public string? Enabled { get; set; }

    [Parameter]
    public TimeSpan Stall { get; set; }

    [Parameter]
    public DateTimeOffset? After { get; set; }

    [Parameter]
    public bool Balancing { get; set; }

    [Parameter]
    public double Rate { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
