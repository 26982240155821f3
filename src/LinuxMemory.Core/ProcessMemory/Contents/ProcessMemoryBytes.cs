namespace LinuxMemory;

/// <summary>A piece of a process's memory, as it was when it was read.</summary>
public sealed record ProcessMemoryBytes
{
    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>That process's short name.</summary>
    public required string ProcessName { get; init; }

    /// <summary>The address of the first byte.</summary>
    public required ulong Address { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>How many bytes there are.</summary>
    public int Length => Bytes.Length;

    /// <summary>The bytes in hexadecimal, two digits each, for CSV files: "7F454C46".</summary>
    public string Hex => Convert.ToHexString(Bytes);
}

/// <summary>A place in a process's memory where what was looked for stands.</summary>
public sealed record ProcessMemoryMatch
{
    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>That process's short name.</summary>
    public required string ProcessName { get; init; }

    /// <summary>The address of its first byte.</summary>
    public required ulong Address { get; init; }

    /// <summary>Bytes that were found.</summary>
    public required int Length { get; init; }

    /// <summary>The bytes from the place on, with some that follow.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>The bytes in hexadecimal, two digits each, for CSV files: "7F454C46".</summary>
    public string Hex => Convert.ToHexString(Bytes);

    /// <summary>The mapping: the file's path or the kernel's label; null for private memory without a name.</summary>
    public string? Mapping { get; init; }

    /// <summary>What the mapping is to the program. Stacks of threads count as Anonymous here.</summary>
    public required ProcessMemoryKind Kind { get; init; }
}
