using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A swap area that a file names to be enabled at boot: a line of /etc/fstab or a systemd unit.</summary>
public sealed record ConfiguredSwap
{
    /// <summary>The area as it is named there: "/swapfile", "UUID=5b2f…".</summary>
    public required string Source { get; init; }

    /// <summary>The area's absolute path, as /proc/swaps shows it; null where nothing of that name is known.</summary>
    public string? Path { get; init; }

    /// <summary>Where it is named: "/etc/fstab:7", "/etc/systemd/system/swapfile.swap".</summary>
    public required string Place { get; init; }

    /// <summary>The priority; null where none is set.</summary>
    public int? Priority { get; init; }

    /// <summary>When the device is told what is free.</summary>
    public SwapDiscard Discard { get; init; }

    /// <summary>True when the boot goes on without the area.</summary>
    public bool IsNoFail { get; init; }

    /// <summary>True when it is named and yet not enabled at boot.</summary>
    public bool IsNoAuto { get; init; }

    /// <summary>The line of /etc/fstab; null for a systemd unit.</summary>
    public FstabEntry? Entry { get; init; }

    /// <summary>The systemd unit; null for a line of /etc/fstab.</summary>
    public SwapUnit? Unit { get; init; }

    /// <summary>All of them: the lines of fstab in their order, then the units that were not made from one.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="report">Told of each line of fstab that mount(8) would pass over, too; without it the first one is thrown.</param>
    /// <exception cref="KernelException">fstab is denied.</exception>
    /// <exception cref="KernelFormatException">A line is none of fstab.</exception>
    public static IReadOnlyList<ConfiguredSwap> Read(Machine machine, Action<KernelFormatException>? report = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        IEnumerable<ConfiguredSwap> lines = FstabFile.Read(machine, report).Where(entry => entry.IsSwap).Select(entry => Of(machine, entry));
        IEnumerable<ConfiguredSwap> units = SwapUnits.Read(machine).Where(unit => unit is { What: not null, MadeFrom: not "/etc/fstab" })
            .Select(unit => Of(machine, unit));
        return [.. lines, .. units];
    }

    private static ConfiguredSwap Of(Machine machine, FstabEntry entry) => new()
    {
        Source = entry.Source,
        Path = entry.Names.Resolve(machine),
        Place = $"{machine.Locate(FstabFile.FilePath)}:{entry.Line}",
        Priority = entry.Priority,
        Discard = entry.Discard,
        IsNoFail = entry.IsNoFail,
        IsNoAuto = entry.IsNoAuto,
        Entry = entry,
    };

    private static ConfiguredSwap Of(Machine machine, SwapUnit unit) => new()
    {
        Source = unit.What!,
        Path = FstabSource.Of(unit.What!).Resolve(machine),
        Place = unit.File,
        // What Priority= says wins over pri= in Options=.
        Priority = unit.Priority ?? SwapOptions.Priority(unit.Options),
        Discard = SwapOptions.Discard(unit.Options),
        // A unit that nothing requires does not hold up the boot either.
        IsNoFail = SwapOptions.ValueOf(unit.Options, "nofail") is not null,
        IsNoAuto = !unit.IsEnabled,
        Unit = unit,
    };
}
