using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>On which NUMA nodes the pages of one mapping are, and the policy that decides where new ones go. Sizes are bytes.</summary>
public sealed record ProcessNumaMapping
{
    private static readonly IReadOnlyDictionary<string, long> NoExtra = new ReadableCounts();

    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>That process's short name. Source: the second field of its stat.</summary>
    public required string ProcessName { get; init; }

    /// <summary>The first address.</summary>
    public required ulong Start { get; init; }

    /// <summary>The first address behind; null where maps was changed meanwhile. Source: maps, since numa_maps tells only where a mapping begins.</summary>
    public ulong? End { get; init; }

    /// <summary>The memory policy: default, bind:0-1, interleave:0,2, prefer:1, local, prefer (many):0-1, weighted interleave:0-1; with =static or =relative where the nodes were given so.</summary>
    public required string Policy { get; init; }

    /// <summary>What the mapping is to the program; null where maps was changed meanwhile. Stacks of threads count as Anonymous here.</summary>
    public ProcessMemoryKind? Kind { get; init; }

    /// <summary>The file; null for memory without one.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes. The size of its pages, which Pages counts; null for a mapping without any page. Source: kernelpagesize_kB, since 3.4.</summary>
    public long? PageSize { get; init; }

    /// <summary>Pages on each node, by the node's number; as long as the highest node that has some. Empty without pages.</summary>
    public required IReadOnlyList<long> PagesByNode { get; init; }

    /// <summary>Bytes on each node, by the node's number: PagesByNode times PageSize.</summary>
    public required IReadOnlyList<long> BytesByNode { get; init; }

    /// <summary>The kernel's other counts, in pages: anon, dirty, mapped, mapmax, swapcache, active, writeback.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = NoExtra;
}

/// <summary>On which NUMA nodes the memory of one process is.</summary>
public sealed record ProcessNumaSummary
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes on each node, by the node's number. What several processes share counts in full for each.</summary>
    public required IReadOnlyList<long> BytesByNode { get; init; }

    /// <summary>Bytes on all nodes.</summary>
    public long Total => BytesByNode.Sum();

    /// <summary>The node that has the most of it; null for a process without pages.</summary>
    public int? MainNode => Total == 0 ? null : BytesByNode.Select((bytes, node) => (Bytes: bytes, Node: node)).MaxBy(one => one.Bytes).Node;

    /// <summary>The part of Total that is on MainNode, in percent; null for a process without pages.</summary>
    public double? MainNodePercent => Total == 0 ? null : 100.0 * BytesByNode.Max() / Total;
}
