using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Invoke-ProcessPageAdvice: tells the kernel to reclaim, keep, fetch or join the pages of processes, and shows what that brought.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ProcessPageAdvice", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(ProcessAdviceResult))]
[OutputType(typeof(MemoryChange))]
public sealed class InvokeProcessPageAdviceCommand : ProcessChangeCmdlet
{
    /// <summary>What the kernel shall do with the pages.</summary>
    [Parameter(Mandatory = true)]
    public ProcessPageAdvice Advice { get; set; }

    /// <summary>Only mappings of these kinds.</summary>
    [Parameter]
    public ProcessMemoryKind[]? Kind { get; set; }

    /// <summary>Only what lies from this address on. Mappings that are piped in bring both.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Address]
    public ulong? Start { get; set; }

    /// <summary>Only what lies below this address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Address]
    public new ulong? End { get; set; }

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        RequireChoice();
        base.ProcessMany(processes);
    }

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (!HasMemory(process))
        {
            return;
        }
        AddressStretch meant = AddressStretch.Chosen(Start, End, process) ?? new AddressStretch(0, ulong.MaxValue);
        Apply(ProcessAdviceChange.Plan(Machine, process.Id, Advice, mapping => mapping.Start >= meant.Start && mapping.End <= meant.End && Kind?.Contains(mapping.Kind) != false, Shell.Write));
    }
}
