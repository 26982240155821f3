using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A NUMA node: CPUs and the memory that is near to them. Sizes are bytes.</summary>
public sealed record NumaNode
{
    /// <summary>The node's number; numbers can have gaps.</summary>
    public required int Id { get; init; }

    /// <summary>The node's CPUs; empty for a node of memory only.</summary>
    public required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>Bytes of memory; null where the kernel does not tell.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes that nothing uses.</summary>
    public long? Free { get; init; }

    /// <summary>Bytes in use. Source: MemUsed, that is Total - Free.</summary>
    public long? Used { get; init; }

    /// <summary>The distance to each online node, in their order; 10 is the node itself, 20 twice as far.</summary>
    public IReadOnlyList<int> Distances { get; init; } = [];

    /// <summary>True when the node has a CPU; null where nothing tells.</summary>
    public bool? HasCpu => KnowsCpus || Cpus.Count > 0 ? Cpus.Count > 0 : null;

    /// <summary>True when the node has memory; null where nothing tells.</summary>
    public bool? HasMemory => Total is long bytes ? bytes > 0 : null;

    // False where neither a list of CPUs nor a mask is there.
    internal bool KnowsCpus { get; init; } = true;

    /// <summary>The memory tier, lower is faster; since 6.1, null where the kernel has no tiers or the node no memory.</summary>
    public int? Tier { get; init; }

    /// <summary>Bytes of page cache.</summary>
    public long? FilePages { get; init; }

    /// <summary>Bytes of processes' memory not backed by files.</summary>
    public long? AnonPages { get; init; }

    /// <summary>Bytes of shared memory and tmpfs.</summary>
    public long? Shmem { get; init; }

    /// <summary>Bytes in the kernel's object caches.</summary>
    public long? Slab { get; init; }

    /// <summary>Bytes in the pools of huge pages of every size; null where there are no pools.</summary>
    public long? HugePages { get; init; }

    /// <summary>Everything else that the node's meminfo says, under the kernel's keys: bytes, or numbers of pages for HugePages_*.</summary>
    public IReadOnlyDictionary<string, long> Extra { get; init; } = new ReadableCounts();
}
