namespace LinuxMemory;

/// <summary>A stretch of address space in a core: with its content, or only with its place.</summary>
internal sealed record CoreSegment(ProcessMemoryMapping Mapping, ulong Start, ulong End, bool HasContent)
{
    /// <summary>Where the content begins in the file.</summary>
    public long Offset { get; set; }

    /// <summary>Its filled stretches, ascending, where the plan found them; null where the copy has to look.</summary>
    public IReadOnlyList<(ulong Start, ulong End)>? Filled { get; init; }

    public long Size => (long)(End - Start);
}
