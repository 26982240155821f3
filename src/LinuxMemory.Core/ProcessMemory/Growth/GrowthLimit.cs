using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What a growing process meets first: its cgroup's limit, one of its own, the end of its addresses where it has 32 bits, or that of the machine's memory.</summary>
public sealed record GrowthLimit
{
    private const long Addresses32 = 1L << 32;

    /// <summary>The limit's name.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes that are left until it is reached.</summary>
    public required long Headroom { get; init; }

    /// <summary>The nearest limit of a process; null when none can be read.</summary>
    /// <exception cref="KernelException">The process has ended, or it is hidden from us.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static GrowthLimit? Nearest(Machine machine, int id)
    {
        ArgumentNullException.ThrowIfNull(machine);
        MemInfo memory = MemInfoFile.Read(machine);
        List<GrowthLimit> limits = [.. Own(machine, id)];
        if (memory.MemAvailable is long available)
        {
            limits.Add(new GrowthLimit { Name = "machine", Headroom = available + (memory.SwapFree ?? 0) });
        }
        if (EffectiveLimit.Of(machine, memory.MemTotal, id.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { Available: long left } group)
        {
            limits.Add(new GrowthLimit { Name = $"cgroup {group.Group}", Headroom = left });
        }
        return limits.MinBy(limit => limit.Headroom);
    }

    /// <summary>The time in which a slope in bytes per second uses so many bytes up; null when that is beyond what a TimeSpan can say.</summary>
    public static TimeSpan? TimeFor(double bytes, double slope)
    {
        double seconds = Math.Max(0, bytes) / slope;
        return slope > 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(Math.Round(seconds)) : null;
    }

    // What grows in memory takes address space, too.
    private static IEnumerable<GrowthLimit> Own(Machine machine, int id)
    {
        using KernelDirectory process = ProcessList.Open(machine, id);
        foreach (ProcessMemoryLimit limit in ProcessLimitsFile.Read(process))
        {
            string? name = limit.Resource switch
            {
                ProcessMemoryResource.AddressSpace => "RLIMIT_AS",
                ProcessMemoryResource.Data => "RLIMIT_DATA",
                _ => null,
            };
            if (name is not null && limit.Headroom is long left)
            {
                yield return new GrowthLimit { Name = name, Headroom = Math.Max(0, left) };
            }
            if (limit is { Resource: ProcessMemoryResource.AddressSpace, InUse: long used } && ProcessProgram.Is32Bit(process))
            {
                yield return new GrowthLimit { Name = "addresses of 32 bits", Headroom = Math.Max(0, Addresses32 - used) };
            }
        }
    }
}
