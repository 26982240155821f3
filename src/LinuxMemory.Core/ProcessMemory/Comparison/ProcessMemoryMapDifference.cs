namespace LinuxMemory;

/// <summary>How a mapping differs between two lists of mappings.</summary>
public enum ProcessMemoryMapChange
{
    /// <summary>It is only in the second list.</summary>
    Added,

    /// <summary>It is only in the first list.</summary>
    Removed,

    /// <summary>It has more in memory and swap, or, where that is equal or not known, more address space.</summary>
    Grown,

    /// <summary>It has less in memory and swap, or, where that is equal or not known, less address space.</summary>
    Shrunk,
}

/// <summary>
/// A mapping that differs between two lists, or several that became one, or one that became several. Sizes are bytes and those of
/// the second list, of the first for what was removed; a change is negative for less. What smaps alone tells is null when either list lacks it.
/// </summary>
public sealed record ProcessMemoryMapDifference
{
    /// <summary>What happened to it.</summary>
    public required ProcessMemoryMapChange Change { get; init; }

    /// <summary>The process of the second list; of the first for what was removed.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The first address; of the first list for what was removed.</summary>
    public required ulong Start { get; init; }

    /// <summary>The first address in the first list; null for what was added.</summary>
    public ulong? ReferenceStart { get; init; }

    /// <summary>What the mapping is to the program.</summary>
    public required ProcessMemoryKind Kind { get; init; }

    /// <summary>The rights as the kernel writes them: "rw-p".</summary>
    public required string Permissions { get; init; }

    /// <summary>The file; null without one.</summary>
    public string? Path { get; init; }

    /// <summary>The kernel's name for what is no file; null without one.</summary>
    public string? Label { get; init; }

    /// <summary>Bytes of address space.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes of address space more than in the first list.</summary>
    public required long SizeChange { get; init; }

    /// <summary>Bytes in memory.</summary>
    public long? Rss { get; init; }

    /// <summary>Bytes in memory more than in the first list.</summary>
    public long? RssChange { get; init; }

    /// <summary>Bytes in memory more than in the first list, shared pages divided.</summary>
    public long? PssChange { get; init; }

    /// <summary>Bytes in swap more than in the first list.</summary>
    public long? SwapChange { get; init; }

    /// <summary>"[heap] Grown 43245568", for tables and CSV files: in memory where that is known, else of address space.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path ?? Label ?? Kind.ToString()} {Change} {RssChange ?? SizeChange}");
}
