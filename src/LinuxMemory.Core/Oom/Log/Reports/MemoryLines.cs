using System.Text;

namespace LinuxMemory;

/// <summary>
/// The memory state of a report: Mem-Info with its totals in pages, its nodes and zones in kB and its pages of swap and RAM; or
/// a cgroup's usage, limit and statistics.
/// </summary>
internal sealed class MemoryLines
{
    // No kernel has as many counters, nor any machine as many zones.
    private const int MostCounters = 512;
    private const int MostZones = 8192;

    private readonly CgroupMemoryLines _cgroup = new();
    private readonly Dictionary<string, long> _totals = [];
    private readonly List<OomZone> _zones = [];
    private long? _ram;
    private long? _reserved;
    private long? _pageCache;
    private long? _swapTotal;
    private long? _swapFree;

    /// <summary>The size of a page, which the lists of free blocks begin with; null when there are none.</summary>
    public int? PageSize { get; private set; }

    /// <summary>True when nothing was read.</summary>
    public bool IsEmpty => _cgroup.IsEmpty && _totals.Count == 0 && _zones.Count == 0 && _ram is null && _swapTotal is null;

    /// <summary>Reads a line; false when it is none of the memory state.</summary>
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        return _cgroup.TryRead(text) || TryReadTotals(text) || TryReadZone(text) || TryReadBlocks(text) || TryReadPages(text)
            || text.StartsWith("Mem-Info:"u8) || text.StartsWith("Mem-info:"u8) || text.StartsWith("Free pages:"u8) || text.StartsWith("lowmem_reserve"u8) || text.StartsWith("Swap cache stats:"u8)
            || text.IndexOf(" hugepages_total="u8) > 0 || text.IndexOf(" per-cpu:"u8) > 0;
    }

    /// <summary>What was read; null when it was nothing.</summary>
    public OomMemory? ToMemory(int pageSize)
    {
        if (IsEmpty)
        {
            return null;
        }
        // The names of a cgroup's own statistics: of v2 in bytes, of v1 as in memory.stat, and the two names of old.
        long? Of(string total, string? statistic) =>
            _totals.TryGetValue(total, out long pages) ? LogText.Units(pages, pageSize)
            : statistic is not null && _cgroup.Statistics.TryGetValue(statistic, out long bytes) ? bytes
            : null;
        return new OomMemory
        {
            Total = LogText.Units(_ram, pageSize),
            // The difference of two counters, which some kernels let go below zero.
            Reserved = _reserved <= (_ram ?? long.MaxValue) ? LogText.Units(_reserved, pageSize) : null,
            Free = Of("free", null),
            ActiveAnon = Of("active_anon", "active_anon"),
            InactiveAnon = Of("inactive_anon", "inactive_anon"),
            ActiveFile = Of("active_file", "active_file"),
            InactiveFile = Of("inactive_file", "inactive_file"),
            Unevictable = Of("unevictable", "unevictable"),
            Dirty = Of("dirty", "file_dirty") ?? Of("dirty", "dirty"),
            Writeback = Of("writeback", "file_writeback") ?? Of("writeback", "writeback"),
            Mapped = Of("mapped", "file_mapped") ?? Of("mapped", "mapped_file"),
            Shmem = Of("shmem", "shmem"),
            PageTables = Of("pagetables", "pagetables"),
            SlabReclaimable = Of("slab_reclaimable", "slab_reclaimable"),
            SlabUnreclaimable = Of("slab_unreclaimable", "slab_unreclaimable"),
            PageCache = LogText.Units(_pageCache, pageSize),
            SwapTotal = _swapTotal,
            SwapFree = _swapFree,
            Usage = _cgroup.Usage,
            Limit = _cgroup.Limit,
            FailCount = _cgroup.FailCount,
            SwapUsage = _cgroup.SwapUsage,
            SwapLimit = _cgroup.SwapLimit,
            KernelUsage = _cgroup.KernelUsage,
            KernelLimit = _cgroup.KernelLimit,
            Counters = _totals.Where(total => LogText.Units(total.Value, pageSize) is not null).ToDictionary(total => total.Key, total => total.Value * pageSize),
            Statistics = _cgroup.Statistics,
            Zones = _zones,
        };
    }

    // "active_anon:221068 inactive_anon:0 isolated_anon:0", in pages.
    private bool TryReadTotals(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        List<KeyValuePair<string, long>> found = [];
        for (ReadOnlySpan<byte> word = LogText.TakeWord(ref rest); !word.IsEmpty; word = LogText.TakeWord(ref rest))
        {
            if (!TrySplit(word, default, out ReadOnlySpan<byte> name, out long pages) || found.Count >= MostCounters)
            {
                return false;
            }
            found.Add(new(Encoding.UTF8.GetString(name), pages));
        }
        foreach ((string name, long pages) in found.Where(_ => _totals.Count < MostCounters))
        {
            _totals.TryAdd(name, pages);
        }
        return found.Count > 0;
    }

    // "Node 0 DMA32 free:40576kB min:44348kB ... all_unreclaimable? yes"; without NUMA, no "Node 0".
    private bool TryReadZone(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        int? node = LogText.TrySkip(ref rest, "Node "u8) && LogText.TryTakeNumber(ref rest, out int number) ? number : null;
        ReadOnlySpan<byte> name = LogText.TakeWord(ref rest);
        if (!rest.StartsWith(" free:"u8) || !IsName(name))
        {
            // The line of a whole node: "Node 0 active_anon:884272kB ...".
            return node is not null && name.StartsWith("active_anon:"u8);
        }
        Dictionary<string, long> counters = [];
        bool? isUnreclaimable = null;
        for (ReadOnlySpan<byte> word = LogText.TakeWord(ref rest); !word.IsEmpty; word = LogText.TakeWord(ref rest))
        {
            if ((TrySplit(word, "kB"u8, out ReadOnlySpan<byte> key, out long value) || TrySplit(word, "KB"u8, out key, out value)) && LogText.Kibibytes(value) is long bytes)
            {
                Add(counters, key, bytes);
            }
            else if (word.SequenceEqual("all_unreclaimable?"u8))
            {
                isUnreclaimable = LogText.TakeWord(ref rest).SequenceEqual("yes"u8);
            }
        }
        if (_zones.Count < MostZones)
        {
            _zones.Add(ZoneOf(node, Encoding.UTF8.GetString(name), counters, isUnreclaimable));
        }
        return true;
    }

    private static OomZone ZoneOf(int? node, string name, Dictionary<string, long> counters, bool? isUnreclaimable)
    {
        long? Of(string key) => counters.TryGetValue(key, out long value) ? value : null;
        return new OomZone
        {
            Node = node,
            Name = name,
            Free = Of("free"),
            Min = Of("min"),
            Low = Of("low"),
            High = Of("high"),
            Present = Of("present"),
            Managed = Of("managed"),
            IsUnreclaimable = isUnreclaimable,
            Counters = counters,
        };
    }

    // "Node 0 DMA: 1*4kB (M) 0*8kB ... = 4356kB": the smallest block is a page.
    private bool TryReadBlocks(ReadOnlySpan<byte> text)
    {
        int star = text.IndexOf((byte)'*');
        int colon = text.IndexOf(": "u8);
        if (colon <= 0 || star < colon || text.LastIndexOf(" = "u8) < star)
        {
            return false;
        }
        ReadOnlySpan<byte> size = text[(star + 1)..];
        if (LogText.TryTakeNumber(ref size, out int kibibytes) && size.StartsWith("kB"u8) && kibibytes is >= 4 and <= 256 && int.IsPow2(kibibytes))
        {
            PageSize ??= kibibytes * 1024;
        }
        return true;
    }

    private bool TryReadPages(ReadOnlySpan<byte> text)
    {
        if (TryReadColumn(text, "Free swap  ="u8, out long value) || TryReadColumn(text, "Free swap:"u8, out value))
        {
            _swapFree = LogText.Kibibytes(value);
            return true;
        }
        if (TryReadColumn(text, "Total swap ="u8, out value))
        {
            _swapTotal = LogText.Kibibytes(value);
            return true;
        }
        ReadOnlySpan<byte> rest = text;
        if (!LogText.TryTakeNumber(ref rest, out value) || value < 0)
        {
            return false;
        }
        if (rest.SequenceEqual(" total pagecache pages"u8))
        {
            _pageCache = value;
        }
        else if (rest.SequenceEqual(" pages RAM"u8) || rest.SequenceEqual(" pages of RAM"u8))
        {
            _ram = value;
        }
        else if (rest.SequenceEqual(" pages reserved"u8) || rest.SequenceEqual(" reserved pages"u8))
        {
            _reserved = value;
        }
        return rest.StartsWith(" pages "u8) || rest.EndsWith(" pages"u8);
    }

    // "Free swap  = 2040212kB"; "Free swap:       2040212kB" up to 2.6.13.
    private static bool TryReadColumn(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out long value)
    {
        value = 0;
        return LogText.TrySkip(ref text, label) && LogText.TryTakeNumber(ref text, out value);
    }

    public static bool TrySplit(ReadOnlySpan<byte> word, ReadOnlySpan<byte> unit, out ReadOnlySpan<byte> name, out long value)
    {
        int colon = word.LastIndexOf((byte)':');
        name = colon > 0 ? word[..colon] : default;
        value = 0;
        ReadOnlySpan<byte> rest = word[(colon + 1)..];
        return colon > 0 && IsName(name) && LogText.TryTakeNumber(ref rest, out value) && value >= 0 && rest.SequenceEqual(unit);
    }

    public static bool IsName(ReadOnlySpan<byte> text)
    {
        bool isOne = text.Length is > 0 and <= 64;
        foreach (byte c in text)
        {
            isOne &= char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'-' or (byte)'(' or (byte)')';
        }
        return isOne;
    }

    public static void Sum(Dictionary<string, long> counters, ReadOnlySpan<byte> name, long value)
    {
        string key = Encoding.UTF8.GetString(name);
        if (counters.TryGetValue(key, out long sum) && value <= long.MaxValue - sum)
        {
            counters[key] = sum + value;
            return;
        }
        Add(counters, name, value);
    }

    public static void Add(Dictionary<string, long> counters, ReadOnlySpan<byte> name, long value)
    {
        if (counters.Count < MostCounters)
        {
            counters.TryAdd(Encoding.UTF8.GetString(name), value);
        }
    }
}
