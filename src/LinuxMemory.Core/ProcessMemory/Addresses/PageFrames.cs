using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Frames of physical memory: /proc/kpageflags and /proc/kpagecount, 64 bits a frame, and the zone and node that a frame lies in.
/// </summary>
internal sealed class PageFrames(Machine machine) : IDisposable
{
    // KPF_ of linux/kernel-page-flags.h, and from 32 on those for people who work on the kernel. A bit without a name is printed by its number.
    private static readonly string?[] Names =
    [
        "LOCKED", "ERROR", "REFERENCED", "UPTODATE", "DIRTY", "LRU", "ACTIVE", "SLAB", "WRITEBACK", "RECLAIM", "BUDDY", "MMAP", "ANON",
        "SWAPCACHE", "SWAPBACKED", "COMPOUND_HEAD", "COMPOUND_TAIL", "HUGE", "UNEVICTABLE", "HWPOISON", "NOPAGE", "KSM", "THP",
        "OFFLINE", "ZERO_PAGE", "IDLE", "PGTABLE", null, null, null, null, null,
        "RESERVED", "MLOCKED", "OWNER_2", "PRIVATE", "PRIVATE_2", "OWNER_PRIVATE", "ARCH", "UNCACHED", "SOFTDIRTY", "ARCH_2", "ARCH_3",
    ];

    private readonly KernelFile? _flags = TryOpen(machine, "proc/kpageflags");
    private readonly KernelFile? _counts = TryOpen(machine, "proc/kpagecount");
    private readonly IReadOnlyList<MemoryZone> _zones = ZoneInfoFile.Read(machine);
    private readonly int _pageSize = machine.Calls.PageSize;

    /// <summary>The names of a frame's flags; null where they are denied.</summary>
    public IReadOnlyList<string>? FlagsOf(long frame) => Read(_flags, frame) is ulong flags ? NamesOf(flags) : null;

    /// <summary>How often it is mapped; null where that is denied.</summary>
    public long? MapCountOf(long frame) => Read(_counts, frame) is ulong count and <= long.MaxValue ? (long)count : null;

    /// <summary>The zone that a frame lies in; where zones of several nodes span it, the node that has its memory block.</summary>
    public MemoryZone? ZoneOf(long frame)
    {
        MemoryZone[] spanning = [.. _zones.Where(zone => zone.StartFrame is long start && frame >= start && frame - start < zone.Spanned / _pageSize)];
        if (spanning.Length < 2)
        {
            return spanning.FirstOrDefault();
        }
        long? blockSize = (long?)machine.TryReadHex("sys/devices/system/memory/block_size_bytes");
        return spanning.FirstOrDefault(zone => blockSize > 0 && machine.Exists($"{NumaNodes.Directory}/node{zone.Node}/memory{frame / (blockSize / _pageSize)}"));
    }

    public void Dispose()
    {
        _flags?.Dispose();
        _counts?.Dispose();
    }

    internal static IReadOnlyList<string> NamesOf(ulong flags) =>
        new ReadableList<string>([.. Enumerable.Range(0, 64).Where(bit => (flags >> bit & 1) != 0).Select(bit => (bit < Names.Length ? Names[bit] : null) ?? $"BIT_{bit}")]);

    private static ulong? Read(KernelFile? file, long frame)
    {
        Span<ulong> value = stackalloc ulong[1];
        return file is not null && FileCalls.ReadAt(file, MemoryMarshal.AsBytes(value), frame * sizeof(ulong)) == sizeof(ulong) ? value[0] : null;
    }

    private static KernelFile? TryOpen(Machine machine, string path)
    {
        try
        {
            return machine.OpenFile(path);
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            return null;
        }
    }
}
