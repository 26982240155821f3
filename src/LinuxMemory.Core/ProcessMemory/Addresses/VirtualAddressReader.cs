using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Finds what stands behind addresses of one process, whose directory is held open.</summary>
public sealed class VirtualAddressReader : IDisposable
{
    private readonly Machine _machine;
    private readonly KernelDirectory _process;
    private readonly ProcessStat _stat;
    private readonly List<ProcessMemoryMapping> _mappings;
    private readonly ProcessPages _pages;
    private readonly PageFrames _frames;
    private readonly VirtualAddressFormat _format;
    private readonly int _pageSize;

    /// <summary>Reads the mappings and opens the pages of a process.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public VirtualAddressReader(Machine machine, KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(process);
        _machine = machine;
        _process = process;
        _pageSize = machine.Calls.PageSize;
        _stat = ProcessStatFile.Read(process);
        _format = VirtualAddressFormat.Of(machine);
        _mappings = [.. ProcessMemoryMap.Read(process, _stat, ProcessName.Read(process, _stat), fast: true)];
        _pages = ProcessPages.Open(machine, process);
        _frames = new PageFrames(machine);
    }

    /// <summary>An address without a process, taken apart as a format says; null takes this machine's.</summary>
    public static VirtualAddress Decode(VirtualAddressFormat format, ulong address, long pageSize)
    {
        ArgumentNullException.ThrowIfNull(format);
        return new VirtualAddress
        {
            Address = address,
            IsCanonical = format.IsCanonical(address),
            Format = format.ToString(),
            Indexes = format.Decode(address, pageSize),
            PageSize = pageSize,
            Access = VirtualAddressAccess.NoProcess,
        };
    }

    /// <summary>All that can be known of an address now.</summary>
    /// <exception cref="KernelException">The process has ended.</exception>
    public VirtualAddress Read(ulong address)
    {
        ulong page = address & ~((ulong)_pageSize - 1);
        ProcessMemoryMapping? mapping = _mappings.Find(m => m.Start <= address && address < m.End);
        ulong? entry = mapping is null ? null : _pages.EntryOf(page);
        PageRun run = entry is null ? default : _pages.Populated(page, page + (ulong)_pageSize).FirstOrDefault();
        long size = (run.Traits & PageTraits.Huge) != 0 || mapping?.Kind == ProcessMemoryKind.HugePage ? HugeSize(address) : _pageSize;
        VirtualAddress found = Decode(_format, address, size) with
        {
            ProcessId = _stat.Id,
            ProcessName = ProcessName.Read(_process, _stat),
            Mapping = mapping,
            State = mapping is null ? PageState.NotMapped : entry is null ? null : run.End == 0 ? PageState.NotPopulated : run.State,
            Access = VirtualAddressAccess.Full,
        };
        return entry is ulong known && run.End > 0 && found.State is not PageState.NotPopulated ? WithPlace(found, known) : found;
    }

    /// <summary>Gives the descriptors back.</summary>
    public void Dispose()
    {
        _pages.Dispose();
        _frames.Dispose();
    }

    private VirtualAddress WithPlace(VirtualAddress found, ulong entry)
    {
        if (PageEntries.SwapPlaceOf(entry) is (int type, long offset))
        {
            return found with { SwapType = type, SwapOffset = offset };
        }
        if (PageEntries.FrameOf(entry) is not long frame)
        {
            return found with { Access = VirtualAddressAccess.NoFrame };
        }
        MemoryZone? zone = _frames.ZoneOf(frame);
        return found with
        {
            FrameNumber = frame,
            PhysicalAddress = ((ulong)frame * (ulong)_pageSize) + (found.Address & ((ulong)_pageSize - 1)),
            FrameFlags = _frames.FlagsOf(frame),
            MapCount = _frames.MapCountOf(frame),
            Zone = zone?.Name,
            Node = zone?.Node,
        };
    }

    // A mapping of a huge page pool has pages of its own size; otherwise it is a transparent huge page, of the size that one entry above the last maps.
    private long HugeSize(ulong address)
    {
        using KernelFile maps = _process.Open(_process.Living("maps"));
        long? own = _machine.Calls.QueryPageSize(maps, address) ?? ByText(address);
        return own > _pageSize ? own.Value : (long)_pageSize << _format.IndexBits[^1];
    }

    private long? ByText(ulong address) =>
        ProcessMemoryMap.Read(_process).FirstOrDefault(mapping => mapping.Start <= address && address < mapping.End)?.KernelPageSize;
}
