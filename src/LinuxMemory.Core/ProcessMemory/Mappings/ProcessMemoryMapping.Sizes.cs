namespace LinuxMemory;

public sealed partial class ProcessMemoryMapping
{
    private SmapsSizes _sizes;

    /// <summary>Bytes. The size of its pages; larger than the base page for huge page pools. Source: KernelPageSize.</summary>
    public long? KernelPageSize => _sizes[SmapsSize.KernelPageSize];

    /// <summary>Bytes. The page size that the processor uses; differs from KernelPageSize on some POWER machines. Source: MMUPageSize.</summary>
    public long? MmuPageSize => _sizes[SmapsSize.MmuPageSize];

    /// <summary>Bytes. In memory, with all that is shared counted in full. Source: Rss.</summary>
    public long? Rss => _sizes[SmapsSize.Rss];

    /// <summary>Bytes. In memory, with shared pages divided by the number of processes that map them; cut to kB per mapping. Source: Pss.</summary>
    public long? Pss => _sizes[SmapsSize.Pss];

    /// <summary>Bytes. The part of Pss that is not as it is on disk. Source: Pss_Dirty, since 6.0; null before.</summary>
    public long? PssDirty => _sizes[SmapsSize.PssDirty];

    /// <summary>Bytes. In memory, mapped more than once, as it is on disk. Source: Shared_Clean.</summary>
    public long? SharedClean => _sizes[SmapsSize.SharedClean];

    /// <summary>Bytes. In memory, mapped more than once, changed. Source: Shared_Dirty.</summary>
    public long? SharedDirty => _sizes[SmapsSize.SharedDirty];

    /// <summary>Bytes. In memory, mapped here alone, as it is on disk. Source: Private_Clean.</summary>
    public long? PrivateClean => _sizes[SmapsSize.PrivateClean];

    /// <summary>Bytes. In memory, mapped here alone, changed. Source: Private_Dirty.</summary>
    public long? PrivateDirty => _sizes[SmapsSize.PrivateDirty];

    /// <summary>Bytes. In memory and marked as used since the marks were last cleared. Source: Referenced.</summary>
    public long? Referenced => _sizes[SmapsSize.Referenced];

    /// <summary>Bytes. In memory and not belonging to a file, copies of a file's pages included. Source: Anonymous.</summary>
    public long? Anonymous => _sizes[SmapsSize.Anonymous];

    /// <summary>Bytes. In memory and merged with equal pages by KSM. Source: KSM, since 6.8; null before.</summary>
    public long? Ksm => _sizes[SmapsSize.Ksm];

    /// <summary>Bytes. Freed with MADV_FREE and not yet taken by the kernel. Source: LazyFree, since 4.12; null before.</summary>
    public long? LazyFree => _sizes[SmapsSize.LazyFree];

    /// <summary>Bytes. In transparent huge pages without a file. Source: AnonHugePages.</summary>
    public long? AnonHugePages => _sizes[SmapsSize.AnonHugePages];

    /// <summary>Bytes. In transparent huge pages of shared memory. Source: ShmemPmdMapped, since 4.8; null before.</summary>
    public long? ShmemPmdMapped => _sizes[SmapsSize.ShmemPmdMapped];

    /// <summary>Bytes. In transparent huge pages of files. Source: FilePmdMapped, since 5.4; null before.</summary>
    public long? FilePmdMapped => _sizes[SmapsSize.FilePmdMapped];

    /// <summary>Bytes. In pages of a huge page pool, mapped more than once; not part of Rss. Source: Shared_Hugetlb, since 4.4; null before.</summary>
    public long? SharedHugetlb => _sizes[SmapsSize.SharedHugetlb];

    /// <summary>Bytes. In pages of a huge page pool, mapped here alone; not part of Rss. Source: Private_Hugetlb, since 4.4; null before.</summary>
    public long? PrivateHugetlb => _sizes[SmapsSize.PrivateHugetlb];

    /// <summary>Bytes. In swap. Source: Swap.</summary>
    public long? Swap => _sizes[SmapsSize.Swap];

    /// <summary>Bytes. In swap, divided by the number of processes that share it. Source: SwapPss, since 4.3; null before.</summary>
    public long? SwapPss => _sizes[SmapsSize.SwapPss];

    /// <summary>Bytes. The part of Pss that is locked in memory. Source: Locked.</summary>
    public long? Locked => _sizes[SmapsSize.Locked];

    /// <summary>True when transparent huge pages may be used here. Source: THPeligible, since 5.0; null before.</summary>
    public bool? IsThpEligible { get; internal set; }

    /// <summary>The memory protection key. Source: ProtectionKey; null where the processor has none.</summary>
    public int? ProtectionKey { get; internal set; }

    /// <summary>
    /// The kernel's flags by their two-letter names, for example rd, wr, ex, sh, ht (huge page pool), hg and nh (madvise), lo (locked),
    /// io (device memory), dd (not in core dumps). Source: VmFlags, since 3.8, explained in the kernel's Documentation/filesystems/proc.rst; null before.
    /// </summary>
    public IReadOnlyList<string>? VmFlags => Flags?.Names;

    internal MappingFlags? Flags { get; set; }

    /// <summary>A bit for each size that is there.</summary>
    internal uint PresentSizes => _sizes.Present;

    internal bool TryAddSize(int key, long bytes) => _sizes.TryAdd(key, bytes);
}
