namespace LinuxMemory;

/// <summary>A stretch of address space in a core: with its content, or only with its place.</summary>
internal sealed record CoreSegment(ProcessMemoryMapping Mapping, ulong Start, ulong End, bool HasContent)
{
    /// <summary>Where the content begins in the file.</summary>
    public long Offset { get; set; }

    public long Size => (long)(End - Start);
}
