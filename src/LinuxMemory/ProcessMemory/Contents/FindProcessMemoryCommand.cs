using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Find-ProcessMemory: where a text or bytes stand in the memory of a process, which runs on meanwhile.</summary>
[Cmdlet(VerbsCommon.Find, "ProcessMemory", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryMatch))]
public sealed class FindProcessMemoryCommand : AddressSpaceCmdlet
{
    private byte[] _pattern = [];

    /// <summary>The text to look for; upper and lower case matter.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>The bytes to look for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public byte[]? Bytes { get; set; }

    /// <summary>How programs keep the text: Utf8 (the default), or Utf16 as .NET and many Java strings do.</summary>
    [Parameter]
    public ProcessTextEncoding Encoding { get; set; } = ProcessTextEncoding.Utf8;

    /// <summary>Only mappings of these kinds.</summary>
    [Parameter]
    public ProcessMemoryKind[]? Kind { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        const string one = "Say what to find: -Text 'token=' or -Bytes 0x7f, 0x45, 0x4c, 0x46, one of them";
        if (Text is null && Bytes is null)
        {
            throw Missing(one);
        }
        if (Text is not null && Bytes is not null)
        {
            throw Shell.Stop(ErrorRecords.Make(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument, one + ".", null));
        }
        _pattern = Bytes ?? (Encoding == ProcessTextEncoding.Utf16 ? System.Text.Encoding.Unicode : System.Text.Encoding.UTF8).GetBytes(Text!);
        if (_pattern.Length > ProcessMemorySearch.LongestPattern)
        {
            throw Shell.Stop(ErrorRecords.Make(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
                $"What to find has {_pattern.Length} bytes; at most {ProcessMemorySearch.LongestPattern} can be looked for.", null));
        }
    }

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
        AddressStretch where = AddressStretch.Of(process.Item) ?? new AddressStretch(0, ulong.MaxValue);
        using ProcessContents contents = ProcessContents.Open(process.Machine, directory, stat.Id);
        using ProcessPages pages = ProcessPages.Open(process.Machine, directory);
        IEnumerable<ProcessMemoryMapping> mappings = (process.Mapping is ProcessMemoryMapping piped ? [piped] : Mappings(directory, stat))
            .Where(mapping => Kind?.Contains(mapping.Kind) != false)
            .TakeWhile(_ => !Shell.Stopping.IsCancellationRequested);
        foreach (ProcessMemoryMatch match in ProcessMemorySearch.Find(contents, pages, mappings, _pattern, where.Start, where.End))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(match);
        }
    }

    // Only the longer way tells stacks of threads apart.
    private IEnumerable<ProcessMemoryMapping> Mappings(KernelDirectory directory, ProcessStat stat) =>
        ProcessMemoryMap.Read(directory, stat, ProcessName.Read(directory, stat), fast: Kind?.Contains(ProcessMemoryKind.ThreadStack) != true);
}

/// <summary>How programs keep a text in memory.</summary>
public enum ProcessTextEncoding
{
    /// <summary>One to four bytes a character, as C programs, Go, Rust and files do.</summary>
    Utf8,
    /// <summary>Two or four bytes a character, the lower first, as .NET and many Java strings do.</summary>
    Utf16,
}
