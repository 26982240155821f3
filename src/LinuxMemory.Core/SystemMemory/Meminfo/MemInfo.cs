namespace LinuxMemory;

/// <summary>
/// One look at /proc/meminfo: every key under its kernel name without punctuation. Sizes are bytes. A key that the kernel
/// did not print is null.
/// </summary>
public sealed partial class MemInfo
{
    private readonly long?[] _values;

    internal MemInfo(long?[] values, IReadOnlyDictionary<string, long> extra, DateTimeOffset time)
    {
        _values = values;
        Extra = extra;
        Time = time;
    }

    /// <summary>Bytes. Memory that the kernel manages: installed memory less what firmware and the kernel's own image took. Source: MemTotal.</summary>
    public long MemTotal => _values[(int)MemInfoKey.MemTotal]!.Value;

    /// <summary>Bytes. Memory that nothing uses at all. Source: MemFree.</summary>
    public long MemFree => _values[(int)MemInfoKey.MemFree]!.Value;

    /// <summary>Bytes. What the kernel could hand out without swapping. Source: MemAvailable, since 3.14; null before.</summary>
    public long? MemAvailable => _values[(int)MemInfoKey.MemAvailable];

    /// <summary>Bytes. Page cache of block devices themselves. Source: Buffers.</summary>
    public long? Buffers => _values[(int)MemInfoKey.Buffers];

    /// <summary>Bytes. Page cache of files, with shared memory and tmpfs, without SwapCached. Source: Cached.</summary>
    public long? Cached => _values[(int)MemInfoKey.Cached];

    /// <summary>Bytes. Pages that are in swap and still in memory, too. Source: SwapCached.</summary>
    public long? SwapCached => _values[(int)MemInfoKey.SwapCached];

    /// <summary>Bytes. Memory used recently; reclaimed last. Source: Active.</summary>
    public long? Active => _values[(int)MemInfoKey.Active];

    /// <summary>Bytes. Memory not used recently; reclaimed first. Source: Inactive.</summary>
    public long? Inactive => _values[(int)MemInfoKey.Inactive];

    /// <summary>Bytes. Recently used memory of processes, not backed by files. Source: Active(anon), since 2.6.28; null before.</summary>
    public long? ActiveAnon => _values[(int)MemInfoKey.ActiveAnon];

    /// <summary>Bytes. Memory of processes not used recently, not backed by files. Source: Inactive(anon), since 2.6.28; null before.</summary>
    public long? InactiveAnon => _values[(int)MemInfoKey.InactiveAnon];

    /// <summary>Bytes. Recently used page cache. Source: Active(file), since 2.6.28; null before.</summary>
    public long? ActiveFile => _values[(int)MemInfoKey.ActiveFile];

    /// <summary>Bytes. Page cache not used recently. Source: Inactive(file), since 2.6.28; null before.</summary>
    public long? InactiveFile => _values[(int)MemInfoKey.InactiveFile];

    /// <summary>Bytes. Memory that cannot be reclaimed: locked pages, ramfs, locked shared memory. Source: Unevictable, since 2.6.28; null before.</summary>
    public long? Unevictable => _values[(int)MemInfoKey.Unevictable];

    /// <summary>Bytes. Memory that processes locked with mlock. Source: Mlocked, since 2.6.28; null before.</summary>
    public long? Mlocked => _values[(int)MemInfoKey.Mlocked];

    /// <summary>Bytes. Memory beyond the kernel's direct mapping; 32-bit kernels only. Source: HighTotal.</summary>
    public long? HighTotal => _values[(int)MemInfoKey.HighTotal];

    /// <summary>Bytes. Free part of HighTotal; 32-bit kernels only. Source: HighFree.</summary>
    public long? HighFree => _values[(int)MemInfoKey.HighFree];

    /// <summary>Bytes. Memory inside the kernel's direct mapping; 32-bit kernels only. Source: LowTotal.</summary>
    public long? LowTotal => _values[(int)MemInfoKey.LowTotal];

    /// <summary>Bytes. Free part of LowTotal; 32-bit kernels only. Source: LowFree.</summary>
    public long? LowFree => _values[(int)MemInfoKey.LowFree];

    /// <summary>Bytes. Memory that holds copies of mapped files; kernels without MMU only. Source: MmapCopy.</summary>
    public long? MmapCopy => _values[(int)MemInfoKey.MmapCopy];

    /// <summary>Bytes. Size of all active swap areas. Source: SwapTotal.</summary>
    public long? SwapTotal => _values[(int)MemInfoKey.SwapTotal];

    /// <summary>Bytes. Part of SwapTotal that is not used. Source: SwapFree.</summary>
    public long? SwapFree => _values[(int)MemInfoKey.SwapFree];

    /// <summary>Bytes. Memory that zswap's compressed pages take. Source: Zswap, since 5.19; null before.</summary>
    public long? Zswap => _values[(int)MemInfoKey.Zswap];

    /// <summary>Bytes. Memory that the pages held by zswap took before compression. Source: Zswapped, since 5.19; null before.</summary>
    public long? Zswapped => _values[(int)MemInfoKey.Zswapped];

    /// <summary>Bytes. Page cache that waits to be written. Source: Dirty.</summary>
    public long? Dirty => _values[(int)MemInfoKey.Dirty];

    /// <summary>Bytes. Page cache that is being written now. Source: Writeback.</summary>
    public long? Writeback => _values[(int)MemInfoKey.Writeback];

    /// <summary>Bytes. Memory of processes not backed by files, mapped into them. Source: AnonPages, since 2.6.18; null before.</summary>
    public long? AnonPages => _values[(int)MemInfoKey.AnonPages];

    /// <summary>Bytes. Page cache mapped into processes. Source: Mapped.</summary>
    public long? Mapped => _values[(int)MemInfoKey.Mapped];

    /// <summary>Bytes. Shared memory and tmpfs. Source: Shmem, since 2.6.32; null before.</summary>
    public long? Shmem => _values[(int)MemInfoKey.Shmem];

    /// <summary>Bytes. Kernel memory that would be reclaimed under pressure: SReclaimable and more. Source: KReclaimable, since 4.20; null before.</summary>
    public long? KReclaimable => _values[(int)MemInfoKey.KReclaimable];

    /// <summary>Bytes. The kernel's object caches. Source: Slab.</summary>
    public long? Slab => _values[(int)MemInfoKey.Slab];

    /// <summary>Bytes. Part of Slab that can be reclaimed, such as inodes and dentries. Source: SReclaimable, since 2.6.19; null before.</summary>
    public long? SReclaimable => _values[(int)MemInfoKey.SReclaimable];

    /// <summary>Bytes. Part of Slab that cannot be reclaimed. Source: SUnreclaim, since 2.6.19; null before.</summary>
    public long? SUnreclaim => _values[(int)MemInfoKey.SUnreclaim];

    /// <summary>Bytes. Kernel stacks of all threads. Source: KernelStack, since 2.6.32; null before.</summary>
    public long? KernelStack => _values[(int)MemInfoKey.KernelStack];

    /// <summary>Bytes. Shadow call stacks of all threads; arm64 with that protection. Source: ShadowCallStack, since 5.10; null before.</summary>
    public long? ShadowCallStack => _values[(int)MemInfoKey.ShadowCallStack];

    /// <summary>Bytes. Page tables of processes. Source: PageTables, since 2.6.18; null before.</summary>
    public long? PageTables => _values[(int)MemInfoKey.PageTables];

    /// <summary>Bytes. Secondary page tables, such as those of virtual machines. Source: SecPageTables, since 6.1; null before.</summary>
    public long? SecPageTables => _values[(int)MemInfoKey.SecPageTables];

    /// <summary>Bytes. Page-table pages kept for reuse; removed in 5.3. Source: Quicklists, since 2.6.27; null before.</summary>
    public long? Quicklists => _values[(int)MemInfoKey.Quicklists];

    /// <summary>Bytes. Pages sent to an NFS server and not yet committed; always 0 since 5.8. Source: NFS_Unstable, since 2.6.18; null before.</summary>
    public long? NFSUnstable => _values[(int)MemInfoKey.NFSUnstable];

    /// <summary>Bytes. Bounce buffers of block devices; always 0 in new kernels. Source: Bounce, since 2.6.18; null before.</summary>
    public long? Bounce => _values[(int)MemInfoKey.Bounce];

    /// <summary>Bytes. Temporary buffers of FUSE writeback. Source: WritebackTmp, since 2.6.26; null before.</summary>
    public long? WritebackTmp => _values[(int)MemInfoKey.WritebackTmp];

    /// <summary>Bytes. How much may be promised under vm.overcommit_memory 2. Source: CommitLimit, since 2.6.10; null before.</summary>
    public long? CommitLimit => _values[(int)MemInfoKey.CommitLimit];

    /// <summary>Bytes. How much is promised to processes. Source: Committed_AS, since 2.6; null before.</summary>
    public long? CommittedAS => _values[(int)MemInfoKey.CommittedAS];

    /// <summary>Bytes. Size of the vmalloc address space. Source: VmallocTotal.</summary>
    public long? VmallocTotal => _values[(int)MemInfoKey.VmallocTotal];

    /// <summary>Bytes. Used vmalloc address space; 0 from 4.4 to 5.2. Source: VmallocUsed.</summary>
    public long? VmallocUsed => _values[(int)MemInfoKey.VmallocUsed];

    /// <summary>Bytes. Largest free block of it; always 0 since 4.4. Source: VmallocChunk.</summary>
    public long? VmallocChunk => _values[(int)MemInfoKey.VmallocChunk];

    /// <summary>Bytes. Per-CPU allocations. Source: Percpu, since 4.21; null before.</summary>
    public long? Percpu => _values[(int)MemInfoKey.Percpu];

    /// <summary>Bytes. Memory taken out of use after hardware errors; no longer printed by 6.18. Source: HardwareCorrupted, since 2.6.32; null before.</summary>
    public long? HardwareCorrupted => _values[(int)MemInfoKey.HardwareCorrupted];

    /// <summary>Bytes. Transparent huge pages of processes, not backed by files. Source: AnonHugePages, since 2.6.38; null before.</summary>
    public long? AnonHugePages => _values[(int)MemInfoKey.AnonHugePages];

    /// <summary>Bytes. Transparent huge pages of shared memory and tmpfs. Source: ShmemHugePages, since 4.8; null before.</summary>
    public long? ShmemHugePages => _values[(int)MemInfoKey.ShmemHugePages];

    /// <summary>Bytes. Part of ShmemHugePages that is mapped as huge pages. Source: ShmemPmdMapped, since 4.8; null before.</summary>
    public long? ShmemPmdMapped => _values[(int)MemInfoKey.ShmemPmdMapped];

    /// <summary>Bytes. Transparent huge pages of files. Source: FileHugePages, since 5.4; null before.</summary>
    public long? FileHugePages => _values[(int)MemInfoKey.FileHugePages];

    /// <summary>Bytes. Part of FileHugePages that is mapped as huge pages. Source: FilePmdMapped, since 5.4; null before.</summary>
    public long? FilePmdMapped => _values[(int)MemInfoKey.FilePmdMapped];

    /// <summary>Bytes. Memory reserved for the contiguous memory allocator. Source: CmaTotal, since 3.19; null before.</summary>
    public long? CmaTotal => _values[(int)MemInfoKey.CmaTotal];

    /// <summary>Bytes. Free part of CmaTotal. Source: CmaFree, since 3.19; null before.</summary>
    public long? CmaFree => _values[(int)MemInfoKey.CmaFree];

    /// <summary>Bytes. Memory that a confidential virtual machine has not yet accepted. Source: Unaccepted, since 6.5; null before.</summary>
    public long? Unaccepted => _values[(int)MemInfoKey.Unaccepted];

    /// <summary>Bytes. Memory that the hypervisor took through the balloon. Source: Balloon, since 6.18; null before.</summary>
    public long? Balloon => _values[(int)MemInfoKey.Balloon];

    /// <summary>Number of pages in the pool of the default huge page size. Source: HugePages_Total.</summary>
    public long? HugePagesTotal => _values[(int)MemInfoKey.HugePagesTotal];

    /// <summary>Number of free pages in that pool. Source: HugePages_Free.</summary>
    public long? HugePagesFree => _values[(int)MemInfoKey.HugePagesFree];

    /// <summary>Number of pages promised but not yet taken. Source: HugePages_Rsvd, since 2.6.17; null before.</summary>
    public long? HugePagesRsvd => _values[(int)MemInfoKey.HugePagesRsvd];

    /// <summary>Number of pages above the pool's size. Source: HugePages_Surp, since 2.6.24; null before.</summary>
    public long? HugePagesSurp => _values[(int)MemInfoKey.HugePagesSurp];

    /// <summary>Bytes. The default huge page size. Source: Hugepagesize.</summary>
    public long? Hugepagesize => _values[(int)MemInfoKey.Hugepagesize];

    /// <summary>Bytes. Memory in the pools of all huge page sizes. Source: Hugetlb, since 4.19; null before.</summary>
    public long? Hugetlb => _values[(int)MemInfoKey.Hugetlb];

    /// <summary>Bytes. Kernel memory mapped with 4 KiB pages. Source: DirectMap4k, since 2.6.27; null before.</summary>
    public long? DirectMap4k => _values[(int)MemInfoKey.DirectMap4k];

    /// <summary>Bytes. Kernel memory mapped with 64 KiB pages; POWER. Source: DirectMap64k, since 4.19; null before.</summary>
    public long? DirectMap64k => _values[(int)MemInfoKey.DirectMap64k];

    /// <summary>Bytes. Kernel memory mapped with 2 MiB pages. Source: DirectMap2M, since 2.6.27; null before.</summary>
    public long? DirectMap2M => _values[(int)MemInfoKey.DirectMap2M];

    /// <summary>Bytes. Kernel memory mapped with 4 MiB pages; 32-bit x86. Source: DirectMap4M, since 2.6.27; null before.</summary>
    public long? DirectMap4M => _values[(int)MemInfoKey.DirectMap4M];

    /// <summary>Bytes. Kernel memory mapped with 1 MiB pages; s390 and POWER. Source: DirectMap1M, since 4.19; null before.</summary>
    public long? DirectMap1M => _values[(int)MemInfoKey.DirectMap1M];

    /// <summary>Bytes. Kernel memory mapped with 1 GiB pages. Source: DirectMap1G, since 2.6.27; null before.</summary>
    public long? DirectMap1G => _values[(int)MemInfoKey.DirectMap1G];

    /// <summary>Keys that this version of the module does not know: bytes where the kernel writes kB, plain numbers elsewhere.</summary>
    public IReadOnlyDictionary<string, long> Extra { get; }

    /// <summary>When the values were read; for a captured machine, when its file was written.</summary>
    public DateTimeOffset Time { get; }
}
