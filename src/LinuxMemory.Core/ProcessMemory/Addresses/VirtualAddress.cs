namespace LinuxMemory;

/// <summary>What stands behind a virtual address. What was not asked, is not there, or is hidden from us is null; see <see cref="Access"/>.</summary>
public sealed record VirtualAddress
{
    /// <summary>The address.</summary>
    public required ulong Address { get; init; }

    /// <summary>The process; null when only the number was taken apart.</summary>
    public int? ProcessId { get; init; }

    /// <summary>That process's short name.</summary>
    public string? ProcessName { get; init; }

    /// <summary>False for an address that the processor refuses, since it has bits that no page table translates.</summary>
    public required bool IsCanonical { get; init; }

    /// <summary>How addresses are taken apart, bits of each level and of the offset: "9-9-9-9-12".</summary>
    public required string Format { get; init; }

    /// <summary>Where the page's entry stands in the table of each level.</summary>
    public required VirtualAddressIndexes Indexes { get; init; }

    /// <summary>Bytes of the page; more than the usual for a huge page.</summary>
    public required long PageSize { get; init; }

    /// <summary>The mapping that holds it; null when none does.</summary>
    public ProcessMemoryMapping? Mapping { get; init; }

    /// <summary>Where the page is; null where nothing tells: no process was asked, or it is the kernel's [vsyscall].</summary>
    public PageState? State { get; init; }

    /// <summary>The number of the frame of usual size that holds it.</summary>
    public long? FrameNumber { get; init; }

    /// <summary>The address in physical memory: FrameNumber times the usual page size, plus the offset in that.</summary>
    public ulong? PhysicalAddress { get; init; }

    /// <summary>The number of the swap area that it is in, in the order in which areas were enabled.</summary>
    public int? SwapType { get; init; }

    /// <summary>The page in that area.</summary>
    public long? SwapOffset { get; init; }

    /// <summary>The frame's flags by name, such as UPTODATE, LRU, MMAP, ANON, THP. Source: /proc/kpageflags.</summary>
    public IReadOnlyList<string>? FrameFlags { get; init; }

    /// <summary>How often the frame is mapped, by all processes together. Source: /proc/kpagecount.</summary>
    public long? MapCount { get; init; }

    /// <summary>The zone that the frame belongs to. Source: /proc/zoneinfo.</summary>
    public string? Zone { get; init; }

    /// <summary>The NUMA node that the frame belongs to. Source: /proc/zoneinfo.</summary>
    public int? Node { get; init; }

    /// <summary>How much of this we were allowed to see.</summary>
    public required VirtualAddressAccess Access { get; init; }
}

/// <summary>The index in the table of each level, and the offset in the page. A level that the machine lacks, or that a huge page makes needless, is null.</summary>
public sealed record VirtualAddressIndexes
{
    /// <summary>In the top table, the page global directory.</summary>
    public required int? PGD { get; init; }

    /// <summary>In the table of the fourth level; only with five levels.</summary>
    public required int? P4D { get; init; }

    /// <summary>In the page upper directory; from four levels on. A huge page of 1 GiB ends here.</summary>
    public required int? PUD { get; init; }

    /// <summary>In the page middle directory; from three levels on. A huge page of 2 MiB ends here.</summary>
    public required int? PMD { get; init; }

    /// <summary>In the page table of the last level.</summary>
    public required int? PTE { get; init; }

    /// <summary>Bytes from the page's beginning.</summary>
    public required long Offset { get; init; }
}

/// <summary>How much is known of a virtual address.</summary>
public enum VirtualAddressAccess
{
    /// <summary>All that the kernel knows.</summary>
    Full,

    /// <summary>All but its place: the kernel hides frames, and places in swap, from who lacks CAP_SYS_ADMIN.</summary>
    NoFrame,

    /// <summary>The number alone: no process was asked.</summary>
    NoProcess,
}
