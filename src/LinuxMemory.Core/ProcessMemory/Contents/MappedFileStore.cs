namespace LinuxMemory;

/// <summary>Where the content of mapped files lies, as far as reading a hole of one can make memory of it.</summary>
internal enum MappedFileStore
{
    /// <summary>On a disk or elsewhere: what is read of it can be dropped again.</summary>
    Elsewhere,
    /// <summary>In memory and in swap: reading a hole fills it for good.</summary>
    Memory,
    /// <summary>In another file system below, which can be memory.</summary>
    Below,
    /// <summary>In a pool of huge pages, which does not tell its holes.</summary>
    HugePages,
}
