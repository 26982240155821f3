using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Compare-ProcessMemoryMap: what was mapped, unmapped, grew or shrank between two lists of mappings.</summary>
[Cmdlet(VerbsData.Compare, "ProcessMemoryMap")]
[OutputType(typeof(ProcessMemoryMapDifference))]
public sealed class CompareProcessMemoryMapCommand : MemoryCmdlet
{
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
    protected override void ProcessItem() => _difference.AddRange(Entries(Difference));

    /// <inheritdoc />
    protected override void End()
    {
        foreach (ProcessMemoryMapDifference found in ProcessMemoryMapComparison.Compare([.. Entries(Reference)], _difference))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(found);
        }
    }

    private List<ProcessMemoryMapEntry> Entries(object[] mappings)
    {
        List<ProcessMemoryMapEntry> entries = [];
        foreach (object mapping in mappings)
        {
            PerItem(mapping, () => entries.Add(Entry(mapping)));
        }
        return entries;
    }

    private static ProcessMemoryMapEntry Entry(object mapping)
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
        throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.InputObjectInvalid, ErrorCategory.InvalidArgument,
            $"An object of type {piped.Plain.GetType().Name} is no mapping: it has no addresses Start and End. Give what Get-ProcessMemoryMap writes.", mapping));
    }

    // ConvertTo-Json writes the number, everything else the name.
    private static ProcessMemoryKind KindOf(PipedObject piped) =>
        Enum.TryParse(piped.Text(nameof(ProcessMemoryMapping.Kind)), out ProcessMemoryKind kind) && Enum.IsDefined(kind) ? kind : ProcessMemoryKind.Other;
}
