namespace LinuxMemory;

/// <summary>What a new swap file is to be.</summary>
public sealed record SwapFileRequest
{
    /// <summary>Where: an absolute path on the machine.</summary>
    public required string Path { get; init; }

    /// <summary>How many bytes the file is to have with its header; a part of a page at the end is left out.</summary>
    public required long Size { get; init; }

    /// <summary>The label; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>The priority, 0 to 32767; null lets the kernel choose.</summary>
    public int? Priority { get; init; }

    /// <summary>When the device is told what is free.</summary>
    public SwapDiscard Discard { get; init; }

    /// <summary>True takes it into use.</summary>
    public bool Enables { get; init; } = true;

    /// <summary>True adds a line to fstab.</summary>
    public bool Persists { get; init; }

    /// <summary>True leaves nothing free on the file system.</summary>
    public bool UsesReserve { get; init; }
}
