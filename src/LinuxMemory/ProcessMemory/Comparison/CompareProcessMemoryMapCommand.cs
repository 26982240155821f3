using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Compare-ProcessMemoryMap: what was mapped, unmapped, grew or shrank between two lists of mappings.</summary>
[Cmdlet(VerbsData.Compare, "ProcessMemoryMap")]
[OutputType(typeof(ProcessMemoryMapDifference))]
public sealed class CompareProcessMemoryMapCommand : MemoryCmdlet
{
    private readonly List<ProcessMemoryMapEntry> _reference = [];
    private readonly List<ProcessMemoryMapEntry> _difference = [];

    /// <summary>The first list: mappings of Get-ProcessMemoryMap, of now or saved earlier.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public object[] Reference { get; set; } = [];

    /// <summary>The second list.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public object[] Difference { get; set; } = [];

    /// <inheritdoc />
    protected override void Begin() => _reference.AddRange(Reference.Select(mapping => Entry(mapping, nameof(Reference))));

    /// <inheritdoc />
    protected override void ProcessItem() => _difference.AddRange(Difference.Select(mapping => Entry(mapping, nameof(Difference))));

    /// <inheritdoc />
    protected override void End()
    {
        foreach (ProcessMemoryMapDifference found in ProcessMemoryMapComparison.Compare(_reference, _difference))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(found);
        }
    }

    // A list without one of its mappings would differ by it: what is none ends the command.
    private ProcessMemoryMapEntry Entry(object mapping, string parameter)
    {
        PipedObject piped = new(mapping);
        if (piped.Plain is ProcessMemoryMapping read)
        {
            return ProcessMemoryMapEntry.From(read);
        }
        if (piped.Address(nameof(ProcessMemoryMapping.Start)) is ulong start && piped.Address(nameof(ProcessMemoryMapping.End)) is ulong end && end >= start)
        {
            return new ProcessMemoryMapEntry
            {
                ProcessId = (int)Math.Clamp(piped.Number(nameof(ProcessMemoryMapping.ProcessId)) ?? 0, 0, int.MaxValue),
                Start = start,
                End = end,
                Kind = KindOf(piped),
                Permissions = piped.Text(nameof(ProcessMemoryMapping.Permissions)) ?? "",
                Offset = piped.Address(nameof(ProcessMemoryMapping.Offset)) ?? 0,
                Path = piped.Text(nameof(ProcessMemoryMapping.Path)),
                Label = piped.Text(nameof(ProcessMemoryMapping.Label)),
                Rss = piped.Bytes(nameof(ProcessMemoryMapping.Rss)),
                Pss = piped.Bytes(nameof(ProcessMemoryMapping.Pss)),
                Swap = piped.Bytes(nameof(ProcessMemoryMapping.Swap)),
            };
        }
        string found = piped.Plain is string text ? $"the text '{text}'" : $"an object of type {piped.Plain.GetType().Name} without the addresses Start and End";
        throw Shell.Stop(ErrorRecords.Make(ErrorIds.InputObjectInvalid, ErrorCategory.InvalidArgument,
            $"-{parameter}: expected mappings, as Get-ProcessMemoryMap writes them, found {found}. Write for example $before = Get-ProcessMemoryMap -Id {Environment.ProcessId}.", mapping));
    }

    // ConvertTo-Json writes the number, everything else the name.
    private static ProcessMemoryKind KindOf(PipedObject piped) =>
        Enum.TryParse(piped.Text(nameof(ProcessMemoryMapping.Kind)), out ProcessMemoryKind kind) && Enum.IsDefined(kind) ? kind : ProcessMemoryKind.Other;
}
