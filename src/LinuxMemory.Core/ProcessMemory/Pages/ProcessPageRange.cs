namespace LinuxMemory;

/// <summary>Pages side by side in one state. Sizes are bytes.</summary>
public sealed record ProcessPageRange
{
    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>That process's short name. Source: the second field of its stat.</summary>
    public required string ProcessName { get; init; }

    /// <summary>The first address.</summary>
    public required ulong Start { get; init; }

    /// <summary>The first address behind.</summary>
    public required ulong End { get; init; }

    /// <summary>Bytes: End - Start.</summary>
    public long Size => unchecked((long)(End - Start));

    /// <summary>Where the pages are.</summary>
    public required PageState State { get; init; }

    /// <summary>True when one entry of a higher page table maps them, as 2 MiB or more. Null before 6.7, where the kernel does not say, except for pages of a huge page pool.</summary>
    public bool? IsHuge { get; init; }

    /// <summary>True when they were written since clear_refs was last told to forget that, or are new. Null on kernels that do not track it (CONFIG_MEM_SOFT_DIRTY).</summary>
    public bool? IsSoftDirty { get; init; }

    /// <summary>True for pages in memory of a file or of shared memory, which other processes can have, too.</summary>
    public bool IsShared => State == PageState.FilePresent;

    /// <summary>True for pages that the program made a guard of (MADV_GUARD_INSTALL, since 6.13): touching them ends it.</summary>
    public bool IsGuard { get; init; }

    /// <summary>The mapping: the file's path or the kernel's label; null for private memory without a name and where nothing is mapped.</summary>
    public string? Mapping { get; init; }

    /// <summary>What the mapping is to the program; null where nothing is mapped. Stacks of threads count as Anonymous here.</summary>
    public ProcessMemoryKind? Kind { get; init; }
}
