using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Resolve-VirtualAddress: what stands behind an address of a process, or how an address is taken apart.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "VirtualAddress", DefaultParameterSetName = All)]
[OutputType(typeof(VirtualAddress))]
public sealed class ResolveVirtualAddressCommand : AddressSpaceCmdlet
{
    private const int Usual = 4096;

    private bool _isHidden;
    private ulong[] _address = [];
    private int _given;

    /// <summary>The addresses.</summary>
    [Parameter(ParameterSetName = All, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ById, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByName, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByObject, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Address]
    public ulong[] Address
    {
        get => _address;
        set => (_address, _given) = (value, _given + 1);
    }

    /// <summary>The size of a page of the machine that is described.</summary>
    [Parameter(ParameterSetName = All)]
    [ByteSize]
    public long? PageSize { get; set; }

    /// <summary>How many levels its page tables have: 2 are 32-bit x86, 4 or 5 x86-64.</summary>
    [Parameter(ParameterSetName = All)]
    [ValidateRange(1, 5)]
    public int? Levels { get; set; }

    /// <summary>Bits of the index at each level, from the top table down.</summary>
    [Parameter(ParameterSetName = All)]
    public int[]? IndexBits { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        // PowerShell gives it both arguments of "Resolve-VirtualAddress 4711 0x1000", one after the other.
        if (_given > 1)
        {
            throw Shell.Stop(ErrorRecords.Make(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
                $"The first of two numbers without names is taken for an address, too. Write -Id, for example Resolve-VirtualAddress -Id {Environment.ProcessId} 0x{_address[0]:x}.", _address));
        }
    }

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        if (Id is null && Name is null && InputObject is null)
        {
            Decode();
            return;
        }
        base.ProcessMany(processes);
    }

    /// <inheritdoc />
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat)
    {
        ArgumentNullException.ThrowIfNull(process);
        using VirtualAddressReader reader = new(process.Machine, directory);
        foreach (ulong address in Address)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            VirtualAddress found = reader.Read(address);
            _isHidden |= found.Access == VirtualAddressAccess.NoFrame;
            Shell.Write(found);
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        base.End();
        if (_isHidden)
        {
            Shell.Warn("The kernel hides where pages are from who lacks CAP_SYS_ADMIN. As root this adds FrameNumber, PhysicalAddress, FrameFlags, MapCount, Zone and Node"
                + $" (for pages in swap SwapType and SwapOffset){(Shell.AsRoot is string line ? ": " + line : ".")}");
        }
    }

    private void Decode()
    {
        bool isDescribed = PageSize is not null || Levels is not null || IndexBits is not null;
        VirtualAddressFormat format = !isDescribed ? VirtualAddressFormat.Of(Machine)
            : VirtualAddressFormat.Make(PageSize ?? Usual, Levels, IndexBits) ?? throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.AddressFormatInvalid, ErrorCategory.InvalidArgument,
                "No page tables are built so. Write for example -Levels 4, -Levels 4 -PageSize 2MB, -Levels 2 for the 10-10-12 of 32-bit x86, or -IndexBits 10,10 -PageSize 4KB.", null));
        long pageSize = PageSize ?? 1L << format.OffsetBits;
        foreach (ulong address in Address)
        {
            Shell.Write(VirtualAddressReader.Decode(format, address, pageSize));
        }
    }
}
