using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>zswap, which compresses pages in memory before they go to a swap device. Source: /sys/module/zswap/parameters.</summary>
public sealed record Zswap
{
    private const string Parameters = "sys/module/zswap/parameters";

    // Only root may look there, and only where debugfs is mounted.
    private const string Statistics = "sys/kernel/debug/zswap";

    /// <summary>True when pages are taken; null where it cannot be read.</summary>
    public bool? Enabled { get; init; }

    /// <summary>How pages are compressed: "lzo", "zstd".</summary>
    public string? Compressor { get; init; }

    /// <summary>How compressed pages are stored; null since 6.18, which has zsmalloc alone.</summary>
    public string? Zpool { get; init; }

    /// <summary>The share of memory that the pool takes at most, in percent.</summary>
    public long? MaxPoolPercent { get; init; }

    /// <summary>A pool that was full takes pages again below this share of its limit, in percent; since 5.6.</summary>
    public long? AcceptThresholdPercent { get; init; }

    /// <summary>True when cold pages of the pool are written to the device before it is full; since 6.8.</summary>
    public bool? ShrinkerEnabled { get; init; }

    /// <summary>Bytes that the compressed pages take. Source: Zswap of /proc/meminfo, since 5.19; before that pool_total_size of debugfs.</summary>
    public long? PoolSize { get; init; }

    /// <summary>Bytes that the pages had before. Source: Zswapped of /proc/meminfo, since 5.19; before that stored_pages of debugfs.</summary>
    public long? StoredSize { get; init; }

    /// <summary>Bytes that the pool may take: MaxPoolPercent of MemTotal.</summary>
    public long? PoolLimit { get; init; }

    /// <summary>StoredSize / PoolSize; null while the pool is empty.</summary>
    public double? Ratio => PoolSize > 0 ? (double?)StoredSize / PoolSize : null;

    /// <summary>Pages written on to the swap device. Source: written_back_pages of debugfs.</summary>
    public long? WrittenBackPages { get; init; }

    /// <summary>Times that the pool was full. Source: pool_limit_hit of debugfs.</summary>
    public long? PoolLimitHit { get; init; }

    /// <summary>Pages that were refused because they do not get smaller. Source: reject_compress_poor of debugfs.</summary>
    public long? RejectCompressPoor { get; init; }

    /// <summary>Pages that were refused for want of memory. Source: reject_alloc_fail of debugfs.</summary>
    public long? RejectAllocFail { get; init; }

    /// <summary>zswap on a machine.</summary>
    /// <exception cref="KernelException">The kernel was built without zswap.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static Zswap Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using (machine.OpenDirectory(Parameters))
        {
            MemInfo memory = MemInfoFile.Read(machine);
            int pageSize = PageSize.Of(machine);
            long? percent = machine.TryReadNumber($"{Parameters}/max_pool_percent");
            long? Statistic(string name) => machine.TryReadNumber($"{Statistics}/{name}");
            return new Zswap
            {
                Enabled = Switch(machine, "enabled"),
                Compressor = machine.TryReadValue($"{Parameters}/compressor"),
                Zpool = machine.TryReadValue($"{Parameters}/zpool"),
                MaxPoolPercent = percent,
                AcceptThresholdPercent = machine.TryReadNumber($"{Parameters}/accept_threshold_percent"),
                ShrinkerEnabled = Switch(machine, "shrinker_enabled"),
                PoolSize = memory.Zswap ?? Statistic("pool_total_size"),
                StoredSize = memory.Zswapped ?? Pages(Statistic("stored_pages"), pageSize),
                // As the kernel counts, in whole pages.
                PoolLimit = percent is >= 0 and <= 100 ? memory.MemTotal / pageSize * percent / 100 * pageSize : null,
                WrittenBackPages = Statistic("written_back_pages"),
                PoolLimitHit = Statistic("pool_limit_hit"),
                RejectCompressPoor = Statistic("reject_compress_poor"),
                RejectAllocFail = Statistic("reject_alloc_fail"),
            };
        }
    }

    /// <summary>The compressors that the running kernel has loaded. It can load more when they are asked for. Source: /proc/crypto.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    public static IReadOnlyList<string> Compressors(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead("proc/crypto");
        return reader is null ? [] : CryptoFile.Compressors(reader);
    }

    private static bool? Switch(Machine machine, string name) => machine.TryReadValue($"{Parameters}/{name}") switch
    {
        "Y" or "1" => true,
        "N" or "0" => false,
        _ => null,
    };

    private static long? Pages(long? pages, int pageSize) => pages is >= 0 && pages <= long.MaxValue / pageSize ? pages * pageSize : null;
}
