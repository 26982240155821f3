using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Read-ProcessMemory: the bytes in the memory of a process, which runs on meanwhile.</summary>
[Cmdlet(VerbsCommunications.Read, "ProcessMemory", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryBytes))]
public sealed class ReadProcessMemoryCommand : AddressSpaceCmdlet
{
    private const int PieceSize = 64 * 1024;

    private long _left = long.MaxValue;

    /// <summary>The first address. Mappings and places that are piped in bring it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Start")]
    [Address]
    public ulong? Address { get; set; }

    /// <summary>How many bytes to read.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [ByteSize]
    [ValidateRange(0, long.MaxValue)]
    public long? Length { get; set; }

    /// <summary>The most bytes to read in all, of all that is piped in.</summary>
    [Parameter]
    [ByteSize]
    [ValidateRange(0, long.MaxValue)]
    public long MaxBytes { get; set; } = long.MaxValue;

    /// <inheritdoc />
    protected override void Begin() => _left = MaxBytes;

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
        AddressStretch? piped = Address is null || Length is null ? AddressStretch.Of(process.Item) : null;
        ulong start = Address ?? piped?.Start ?? throw Missing(process);
        long length = Length ?? (piped is AddressStretch(_, ulong end) ? (long)Math.Min(end - start, long.MaxValue) : throw Missing(process));
        string name = ProcessName.Read(directory, stat);
        using ProcessContents contents = ProcessContents.Open(process.Machine, directory, stat.Id);
        if (Mapping(process, directory, start, length) is ProcessMemoryMapping mapping)
        {
            ReadMapping(contents, process, directory, mapping);
            return;
        }
        Read(contents, stat.Id, name, start, (ulong)length, mustBeAll: true, process);
    }

    // A whole mapping was asked for, not this stretch: what of it holds nothing is no error.
    private static ProcessMemoryMapping? Mapping(ProcessTarget process, KernelDirectory directory, ulong start, long length) =>
        process.Mapping is ProcessMemoryMapping given && given.Start == start && given.Size == length ? given
            : ProcessMemoryMap.Read(directory, fast: true).FirstOrDefault(mapping => mapping.Start == start && mapping.Size == length);

    private void ReadMapping(ProcessContents contents, ProcessTarget process, KernelDirectory directory, ProcessMemoryMapping mapping)
    {
        using ProcessPages pages = ProcessPages.Open(process.Machine, directory);
        bool any = false;
        foreach ((ulong start, ulong end) in MappingContents.Filled(pages, mapping, mapping.Start, mapping.End))
        {
            any = true;
            // Behind a page that cannot be read it goes on.
            for (ulong next = start; next < end && _left > 0; next = PageBehind(next, contents.PageSize))
            {
                next += Read(contents, mapping.ProcessId, mapping.ProcessName, next, end - next, mustBeAll: false, process);
            }
        }
        if (!any)
        {
            Shell.Verbose($"{Display.Address(mapping.Start)}-{Display.Address(mapping.End)} {mapping.Permissions} {mapping.Kind}: nothing to read there.");
        }
    }

    private static ulong PageBehind(ulong address, int pageSize) => (address & ~((ulong)pageSize - 1)) + (ulong)pageSize;

    private ulong Read(ProcessContents contents, int id, string name, ulong start, ulong length, bool mustBeAll, ProcessTarget process)
    {
        ulong wanted = Math.Min(length, (ulong)_left);
        ulong read = 0;
        foreach ((ulong address, byte[] bytes) in contents.Stream(start, wanted, PieceSize))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(new ProcessMemoryBytes { ProcessId = id, ProcessName = name, Address = address, Bytes = bytes });
            read += (ulong)bytes.Length;
        }
        _left -= (long)read;
        if (read < wanted && mustBeAll)
        {
            ulong stop = unchecked(start + read);
            if (contents.Waits(stop))
            {
                throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.MemoryNotFilled, ErrorCategory.ResourceUnavailable,
                    $"Another program fills the memory of process {id} ({name}) at 0x{stop:x} when it is touched (userfaultfd), and has not filled it yet: reading it would wait for that program, perhaps for ever. {read} of {wanted} bytes came before. Get-ProcessPage -Id {id} shows what is filled; try it again when this is, or read what is filled with Get-ProcessMemoryMap -Id {id} | Read-ProcessMemory.", process.Item ?? id));
            }
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.MemoryNotReadable, ErrorCategory.ReadError,
                $"Process {id} ({name}) has nothing that can be read at 0x{stop:x}; {read} of {wanted} bytes came before. Resolve-VirtualAddress -Id {id} -Address 0x{stop:x} shows what is there.", process.Item ?? id));
        }
        return read;
    }

    private static MemoryErrorException Missing(ProcessTarget process) => new(ErrorRecords.Make(ErrorIds.ParametersMissing, ErrorCategory.InvalidArgument,
        "Say what to read: -Address and -Length, for example -Address 0x7f2ffce60000 -Length 256, or pipe in mappings.", process.Item ?? process.Id));
}
