namespace LinuxMemory;

/// <summary>What a comparison needs to know of a mapping, so that mappings saved on earlier days can be compared too. Sizes are bytes.</summary>
public sealed record ProcessMemoryMapEntry
{
    /// <summary>The process that has the mapping.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The first address.</summary>
    public required ulong Start { get; init; }

    /// <summary>The first address behind.</summary>
    public required ulong End { get; init; }

    /// <summary>What the mapping is to the program.</summary>
    public required ProcessMemoryKind Kind { get; init; }

    /// <summary>The rights as the kernel writes them: "rw-p".</summary>
    public required string Permissions { get; init; }

    /// <summary>Bytes from the beginning of the file; 0 without one.</summary>
    public ulong Offset { get; init; }

    /// <summary>The file; null without one.</summary>
    public string? Path { get; init; }

    /// <summary>The kernel's name for what is no file; null without one.</summary>
    public string? Label { get; init; }

    /// <summary>Bytes in memory; null when only maps was read.</summary>
    public long? Rss { get; init; }

    /// <summary>Bytes in memory, shared pages divided; null when only maps was read.</summary>
    public long? Pss { get; init; }

    /// <summary>Bytes in swap; null when only maps was read.</summary>
    public long? Swap { get; init; }

    /// <summary>Bytes of address space.</summary>
    public long Size => unchecked((long)(End - Start));

    /// <summary>What stays the same while a mapping grows, splits or merges: its file or its name.</summary>
    internal string Backing => Path ?? Label ?? "";

    /// <summary>The same of a mapping as it was read.</summary>
    public static ProcessMemoryMapEntry From(ProcessMemoryMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return new ProcessMemoryMapEntry
        {
            ProcessId = mapping.ProcessId,
            Start = mapping.Start,
            End = mapping.End,
            Kind = mapping.Kind,
            Permissions = mapping.Permissions,
            Offset = mapping.Offset,
            Path = mapping.Path,
            Label = mapping.Label,
            Rss = mapping.Rss,
            Pss = mapping.Pss,
            Swap = mapping.Swap,
        };
    }
}
