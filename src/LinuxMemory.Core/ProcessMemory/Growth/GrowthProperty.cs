namespace LinuxMemory;

/// <summary>What Measure-ProcessMemoryGrowth looks at.</summary>
public enum GrowthProperty
{
    /// <summary>RssAnon + Swap + HugetlbPages of a process, Old of a Java heap: what a leak fills and the kernel cannot take back.</summary>
    Memory,

    /// <summary>Rss.</summary>
    Rss,

    /// <summary>RssAnon.</summary>
    RssAnon,

    /// <summary>RssFile: mapped files, which the kernel takes back when it must.</summary>
    RssFile,

    /// <summary>RssShmem: shared memory that the process has touched.</summary>
    RssShmem,

    /// <summary>Pss, which holds the process up while it is read.</summary>
    Pss,

    /// <summary>Uss, which holds the process up while it is read.</summary>
    Uss,

    /// <summary>Swap.</summary>
    Swap,

    /// <summary>SwapPss, which holds the process up while it is read.</summary>
    SwapPss,

    /// <summary>VirtualSize: address space.</summary>
    VirtualSize,

    /// <summary>Data: private writable address space.</summary>
    Data,

    /// <summary>HugetlbPages.</summary>
    HugetlbPages,

    /// <summary>PageTables.</summary>
    PageTables,
}
