using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessPage: where the pages of a process are, each stretch of one state as one object.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessPage", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessPageRange))]
public sealed class GetProcessPageCommand : AddressSpaceCmdlet
{
    /// <summary>The first address; without it, from the first mapping on. Mappings that are piped in bring both.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Address]
    public ulong? Start { get; set; }

    /// <summary>The first address behind; without it, to the end of the mappings.</summary>
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
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(stat);
        AddressStretch? chosen = AddressStretch.Chosen(Start, End, process);
        string name = ProcessName.Read(directory, stat);
        using ProcessPages pages = ProcessPages.Open(process.Machine, directory);
        // A mapping brings all that is needed; thousands of them would read maps thousands of times.
        bool isMapping = process.Mapping is ProcessMemoryMapping piped && chosen == new AddressStretch(piped.Start, piped.End);
        IEnumerable<ProcessMemoryMapping> mappings = isMapping ? [process.Mapping!] : ProcessMemoryMap.Read(directory, stat, name, fast: true);
        foreach (ProcessPageRange range in chosen is AddressStretch(ulong start, ulong end) ? pages.Between(mappings, start, end, stat.Id, name) : pages.Of(mappings))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(range);
        }
    }
}
