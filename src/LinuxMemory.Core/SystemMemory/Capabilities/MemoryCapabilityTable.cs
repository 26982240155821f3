using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One row: how a capability is tried, what it takes and what is used without it.</summary>
internal sealed record MemoryCapabilityEntry(string Name, string Requires, string Fallback, Func<MemoryCapabilityProbe, Finding> Trial);

/// <summary>All capabilities that the module knows, one row each.</summary>
internal static class MemoryCapabilityTable
{
    private const string Root = "root (CAP_DAC_READ_SEARCH)";
    private const string Admin = "CAP_SYS_ADMIN";
    private const string NoFallback = "none";
    private const string Mm = "sys/kernel/mm";
    private const string Vm = "proc/sys/vm";

    public static IReadOnlyList<MemoryCapabilityEntry> Entries { get; } =
    [
        // The whole machine
        new("MemAvailable", "Linux 3.14", "MemFree, which counts no cache as available",
            p => p.Lists("proc/meminfo", "MemAvailable:"u8, $"{p.Machine.Locate("proc/meminfo")} has no MemAvailable: before 3.14")),
        new("PressureStall", "Linux 4.20, CONFIG_PSI, not booted with psi=0", "reclaim counters of vmstat",
            p => p.Reads("proc/pressure/memory", "built without CONFIG_PSI or booted with psi=0", "root", "proc")),
        new("PressureTrigger", "PressureStall, and CAP_SYS_RESOURCE before Linux 6.4", "reading the averages again and again",
            p => p.Ask(c => c.ProbePressureTrigger(), $"this kernel has no {p.Machine.Locate("proc/pressure")}: built without CONFIG_PSI or booted with psi=0", "CAP_SYS_RESOURCE")),
        new("SlabInfo", "root", "Slab of meminfo, without names", p => p.Opens("proc/slabinfo", "built without CONFIG_SLUB_DEBUG or CONFIG_SLAB", Root, "proc")),
        new("PageTypeInfo", "root", "buddyinfo, without migrate types", p => p.Opens("proc/pagetypeinfo", "before 2.6.24", Root, "proc")),
        new("ExtFragIndex", "root, CONFIG_DEBUG_FS mounted, CONFIG_COMPACTION", "the same index computed from buddyinfo", ExtFragIndex),
        new("CompactMemory", "root, CONFIG_COMPACTION", NoFallback, p => p.Writes($"{Vm}/compact_memory", "built without CONFIG_COMPACTION", "root")),
        new("DropCaches", "root, a writable sysctl tree", "posix_fadvise for single files", p => p.Writes($"{Vm}/drop_caches", "built without CONFIG_SYSCTL", "root")),
        new("KernelLog", "CAP_SYSLOG where kernel.dmesg_restrict is 1", "the journal and log files",
            p => p.Machine.IsLive ? p.Opens("dev/kmsg", "built without CONFIG_PRINTK, or not passed into this container", "CAP_SYSLOG", "dev") : new Finding(null, "a tree of files cannot tell: only the running kernel can answer")),
        new("MemoryHotplug", "CONFIG_MEMORY_HOTPLUG", NoFallback, p => p.Opens("sys/devices/system/memory/block_size_bytes", "built without CONFIG_MEMORY_HOTPLUG", "root", "sys/devices/system")),

        // Processes
        new("SmapsRollup", "Linux 4.14, CONFIG_PROC_PAGE_MONITOR", "adding up smaps, about three times slower", p => p.Opens("proc/self/smaps_rollup", "before 4.14, or built without CONFIG_PROC_PAGE_MONITOR", "CAP_SYS_PTRACE", "proc/self")),
        new("PageScan", "Linux 6.7", "reading pagemap entry by entry", p => p.Ask(c => c.ProbePageScan(), "this kernel has no PAGEMAP_SCAN: before 6.7, or built without CONFIG_PROC_PAGE_MONITOR", Admin)),
        new("ProcMapQuery", "Linux 6.11", "reading maps as text", p => p.Ask(c => c.ProbeMapQuery(), "this kernel has no PROCMAP_QUERY: before 6.11", "CAP_SYS_PTRACE")),
        new("FrameNumber", Admin, "states of pages without frame numbers", p => p.Pagemap((1UL << 55) - 1, new Finding(false, $"denied: needs {Admin}"))),
        new("SoftDirty", "CONFIG_MEM_SOFT_DIRTY", "referenced bits", p => p.Pagemap(1UL << 55, new Finding(false, "this kernel tracks no soft-dirty pages: built without CONFIG_MEM_SOFT_DIRTY"))),
        new("KernelPageFlags", "root, CONFIG_PROC_PAGE_MONITOR", "pagemap without flags of frames", p => p.Opens("proc/kpageflags", "built without CONFIG_PROC_PAGE_MONITOR", Root, "proc")),
        new("KernelPageCount", "root, CONFIG_PROC_PAGE_MONITOR", "Pss instead of map counts", p => p.Opens("proc/kpagecount", "built without CONFIG_PROC_PAGE_MONITOR", Root, "proc")),
        new("IdlePageTracking", "root, Linux 4.3, CONFIG_IDLE_PAGE_TRACKING", "referenced bits of smaps", p => p.Opens($"{Mm}/page_idle/bitmap", "built without CONFIG_IDLE_PAGE_TRACKING", Root, Mm)),
        new("ProcessNumaMap", "CONFIG_NUMA", NoFallback, p => p.Opens("proc/self/numa_maps", "built without CONFIG_NUMA", "CAP_SYS_PTRACE", "proc/self")),
        new("ProcessKsm", "Linux 6.1, CONFIG_KSM", "KSM of smaps", p => p.Opens("proc/self/ksm_stat", "before 6.1, or built without CONFIG_KSM", "CAP_SYS_PTRACE", "proc/self")),
        new("InspectProcess", "CAP_SYS_PTRACE for processes of other users", "status, statm and stat, without Pss", p => p.Privilege(19, "CAP_SYS_PTRACE")),
        new("LowerOomScoreAdj", "CAP_SYS_RESOURCE", "OOMScoreAdjust= in a systemd unit", p => p.Privilege(24, "CAP_SYS_RESOURCE")),
        new("LockMemory", "CAP_IPC_LOCK beyond RLIMIT_MEMLOCK", "RLIMIT_MEMLOCK", p => p.Privilege(14, "CAP_IPC_LOCK")),
        new("AdviseProcess", "CAP_SYS_NICE and CAP_SYS_PTRACE", NoFallback, p => p.Privilege(23, "CAP_SYS_NICE")),
        new("PidFd", "Linux 5.3", "the held directory of the process", p => p.Call(ProbedCall.PidfdOpen, "pidfd_open")),
        new("OpenAt2", "Linux 5.6", "checking every link by hand", p => p.Call(ProbedCall.Openat2, "openat2")),
        new("ProcessMadvise", "Linux 5.10", NoFallback, p => p.Call(ProbedCall.ProcessMadvise, "process_madvise")),
        new("ProcessMrelease", "Linux 5.15", "waiting for the process's exit", p => p.Call(ProbedCall.ProcessMrelease, "process_mrelease")),
        new("CacheStat", "Linux 6.5", "mmap and mincore, up to 60 times slower", p => p.Call(ProbedCall.Cachestat, "cachestat")),

        // Large pages, merging and replacement
        new("TransparentHugePage", "CONFIG_TRANSPARENT_HUGEPAGE", "hugepage pools", p => p.Opens($"{Mm}/transparent_hugepage/enabled", "built without CONFIG_TRANSPARENT_HUGEPAGE, as real-time kernels are", "root", Mm)),
        new("MultiSizeThp", "Linux 6.8, TransparentHugePage", "huge pages of one size", p => p.Holds($"{Mm}/transparent_hugepage", "hugepages-", "before 6.8, or built without CONFIG_TRANSPARENT_HUGEPAGE", Mm)),
        new("HugePagePool", "CONFIG_HUGETLBFS", "transparent huge pages", p => p.Holds($"{Mm}/hugepages", "hugepages-", "built without CONFIG_HUGETLBFS, or a processor without huge pages", Mm)),
        new("HugeTlbFs", "CONFIG_HUGETLBFS", "mmap with MAP_HUGETLB", p => p.Lists("proc/filesystems", "hugetlbfs"u8, "this kernel has no hugetlbfs: built without CONFIG_HUGETLBFS")),
        new("Ksm", "Linux 2.6.32, CONFIG_KSM", NoFallback, p => p.Opens($"{Mm}/ksm/run", "built without CONFIG_KSM", "root", Mm)),
        new("MultiGenLru", "Linux 6.1, CONFIG_LRU_GEN", "the active and inactive lists", p => p.Opens($"{Mm}/lru_gen/enabled", "before 6.1, or built without CONFIG_LRU_GEN", "root", Mm)),
        new("Damon", "Linux 5.18, CONFIG_DAMON_SYSFS", "idle page tracking", p => p.Opens($"{Mm}/damon/admin/kdamonds/nr_kdamonds", "before 5.18, or built without CONFIG_DAMON_SYSFS", "root", Mm)),

        // Swap
        new("Swap", "CONFIG_SWAP", NoFallback, p => p.Opens("proc/swaps", "built without CONFIG_SWAP", "root", "proc")),
        new("Zswap", "Linux 3.11, CONFIG_ZSWAP", "swap on zram", p => p.Opens("sys/module/zswap/parameters/enabled", "built without CONFIG_ZSWAP", "root", "sys/module")),
        new("Zram", "CONFIG_ZRAM, or its module", "zswap with a swap file", Zram),

        // Nodes
        new("Numa", "CONFIG_NUMA", "one node, from meminfo and zoneinfo", p => p.Holds("sys/devices/system/node", "node", "built without CONFIG_NUMA", "sys/devices/system")),
        new("NumaBalancing", "Linux 3.8, CONFIG_NUMA_BALANCING", "binding by hand", p => p.Opens("proc/sys/kernel/numa_balancing", "built without CONFIG_NUMA_BALANCING", "root", "proc/sys/kernel")),
        new("MemoryTier", "Linux 6.1, CONFIG_NUMA", "distances between nodes", p => p.Holds("sys/devices/virtual/memory_tiering", "memory_tier", "before 6.1, or built without CONFIG_NUMA", "sys/devices/virtual")),

        // Control groups
        new("CgroupV1Memory", "CONFIG_MEMCG_V1, mounted", "cgroup v2", MemoryCapabilityGroups.Version1),
        new("CgroupV2Memory", "Linux 4.5, CONFIG_MEMCG, mounted", "cgroup v1", MemoryCapabilityGroups.Version2),
        new("MemoryReclaim", "Linux 5.19, CgroupV2Memory", "memory.high, or memory.force_empty of v1", MemoryCapabilityGroups.Reclaim),
        new("MemoryPeak", "Linux 5.19, CgroupV2Memory", "memory.current, or memory.max_usage_in_bytes of v1", MemoryCapabilityGroups.Peak),
        new("CgroupPressure", "Linux 4.20, CONFIG_PSI, CgroupV2Memory", "the machine's pressure", MemoryCapabilityGroups.Pressure),
    ];

    private static Finding ExtFragIndex(MemoryCapabilityProbe probe)
    {
        const string debug = "sys/kernel/debug";
        Finding found = probe.Opens($"{debug}/extfrag/extfrag_index", "built without CONFIG_COMPACTION or CONFIG_DEBUG_FS", Root, debug);
        bool mounted = !probe.Machine.IsLive || MountInfoFile.Read(probe.Machine).Any(mount => mount.FileSystem == "debugfs");
        return found.IsAvailable == true || mounted
            ? found
            : new Finding(false, $"debugfs is not mounted: mount -t debugfs debugfs {probe.Machine.Locate(debug)}");
    }

    private static Finding Zram(MemoryCapabilityProbe probe)
    {
        Machine machine = probe.Machine;
        if (machine.Exists("sys/class/zram-control") || machine.Exists("sys/class/block/zram0") || machine.Exists("sys/module/zram"))
        {
            return new Finding(true);
        }
        // A module that is not loaded comes with the first modprobe.
        string? release = machine.TryReadText("proc/sys/kernel/osrelease");
        string modules = $"lib/modules/{release}/modules.dep";
        Finding installed = probe.Lists(modules, "/zram.ko"u8, "this kernel has no zram: built without CONFIG_ZRAM, and its module is not installed");
        return installed.IsAvailable == true ? new Finding(true, "its module is installed and not loaded: modprobe zram") : installed;
    }
}
