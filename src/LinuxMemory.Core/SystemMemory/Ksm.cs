using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What KSM, which joins equal pages of processes that allow it, gains and costs. Source: /sys/kernel/mm/ksm.</summary>
public sealed record Ksm
{
    private const string Directory = "sys/kernel/mm/ksm";

    /// <summary>0 stopped, 1 running, 2 stopped with everything unshared. Source: run.</summary>
    public long? Run { get; init; }

    /// <summary>Bytes of shared pages that are kept once. Source: pages_shared.</summary>
    public long? Shared { get; init; }

    /// <summary>Bytes that more users of these pages would take without KSM. Source: pages_sharing.</summary>
    public long? Sharing { get; init; }

    /// <summary>Bytes looked at that have no twin. Source: pages_unshared.</summary>
    public long? Unshared { get; init; }

    /// <summary>Bytes that change too fast to be shared. Source: pages_volatile.</summary>
    public long? Volatile { get; init; }

    /// <summary>Bytes of zeros that are shared with the kernel's page of zeros; since 6.6. Source: ksm_zero_pages.</summary>
    public long? ZeroPages { get; init; }

    /// <summary>Bytes saved less what the bookkeeping takes; negative when KSM costs more than it gains; since 6.4. Source: general_profit.</summary>
    public long? Profit { get; init; }

    /// <summary>Pages looked at since boot; since 6.6. Source: pages_scanned.</summary>
    public long? PagesScanned { get; init; }

    /// <summary>Times that all memory was looked at. Source: full_scans.</summary>
    public long? FullScans { get; init; }

    /// <summary>Users for each shared page: Sharing / Shared; a high value is a good use. Null where nothing is shared.</summary>
    public double? SharingRatio => Shared > 0 ? (double?)Sharing / Shared : null;

    /// <summary>Pages looked at in vain for each one shared: Unshared / Sharing; a high value is wasted work. Null where nothing is shared.</summary>
    public double? WasteRatio => Sharing > 0 ? (double?)Unshared / Sharing : null;

    /// <summary>KSM on a machine.</summary>
    /// <exception cref="KernelException">The kernel was built without KSM.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static Ksm Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using (machine.OpenDirectory(Directory))
        {
            int pageSize = PageSize.Of(machine);
            long? Number(string name) => machine.TryReadNumber($"{Directory}/{name}");
            long? Bytes(string name) => Number(name) is long pages and >= 0 && pages <= long.MaxValue / pageSize ? pages * pageSize : null;
            return new Ksm
            {
                Run = Number("run"),
                Shared = Bytes("pages_shared"),
                Sharing = Bytes("pages_sharing"),
                Unshared = Bytes("pages_unshared"),
                Volatile = Bytes("pages_volatile"),
                ZeroPages = Bytes("ksm_zero_pages"),
                Profit = Number("general_profit"),
                PagesScanned = Number("pages_scanned"),
                FullScans = Number("full_scans"),
            };
        }
    }
}
