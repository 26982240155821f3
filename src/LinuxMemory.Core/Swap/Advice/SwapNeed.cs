using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What the rules look at: the machine's memory, its swap, and how both are used.</summary>
internal sealed record SwapNeed
{
    /// <summary>MemTotal.</summary>
    public required long Memory { get; init; }

    /// <summary>SwapTotal.</summary>
    public required long Swap { get; init; }

    /// <summary>Active swap on zram.</summary>
    public required long ZramSwap { get; init; }

    public required long SwapUsed { get; init; }

    public required long Committed { get; init; }

    /// <summary>MemTotal - MemAvailable.</summary>
    public required long Used { get; init; }

    /// <summary>What processes had in memory more than now, each at its own peak; null where nothing of it can be read.</summary>
    public long? BelowPeak { get; init; }

    /// <summary>Bytes swapped in since the start; null where the kernel does not count.</summary>
    public long? SwappedIn { get; init; }

    public TimeSpan? UpTime { get; init; }

    /// <summary>What the kernel tries to keep an image of hibernation below; two fifths of the memory by default.</summary>
    public required long ImageSize { get; init; }

    public bool Hibernates { get; init; }

    public long Current => Hibernates ? Swap - ZramSwap : Swap;

    public static SwapNeed Read(Machine machine, bool hibernates)
    {
        MemInfo memory = MemInfoFile.Read(machine);
        int pageSize = PageSize.Of(machine);
        return new SwapNeed
        {
            Memory = memory.MemTotal,
            Swap = memory.SwapTotal ?? 0,
            ZramSwap = Zram(machine),
            SwapUsed = memory.SwapUsed ?? 0,
            Committed = memory.CommittedAS ?? 0,
            Used = memory.Used ?? 0,
            BelowPeak = SumBelowPeak(machine),
            SwappedIn = Counter(machine, "pswpin") is long pages and >= 0 && pages < long.MaxValue / pageSize ? pages * pageSize : null,
            UpTime = UpTimeOf(machine),
            ImageSize = machine.TryReadNumber("sys/power/image_size") is long size and > 0 ? size : memory.MemTotal / 5 * 2,
            Hibernates = hibernates,
        };
    }

    // A line of /proc/swaps begins with the path.
    private static long Zram(Machine machine)
    {
        using KernelReader? reader = machine.TryRead("proc/swaps");
        long bytes = 0;
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("/dev/zram"u8))
            {
                line.TakeField();
                line.TakeField();
                bytes = Math.Min(bytes, long.MaxValue / 2) + Math.Min(line.TakeKibibytes(), long.MaxValue / 2);
            }
        }
        return bytes;
    }

    private static long? SumBelowPeak(Machine machine)
    {
        decimal sum = 0;
        bool any = false;
        foreach (int id in ProcessList.Ids(machine))
        {
            try
            {
                using KernelDirectory process = ProcessList.Open(machine, id);
                ProcessStatus status = ProcessStatusFile.Read(process);
                if (status is { VmHWM: long peak, VmRSS: long now })
                {
                    any = true;
                    sum += Math.Max(0, peak - now);
                }
            }
            catch (Exception e) when (e is KernelException or KernelFormatException)
            {
                // It ended, or is hidden from us; a few processes more or less do not change the sum.
            }
        }
        return any ? (long)Math.Min(sum, long.MaxValue / 4) : null;
    }

    private static long? Counter(Machine machine, string name)
    {
        using KernelReader? reader = machine.TryRead("proc/vmstat");
        return reader is null ? null : VmStatFile.Parse(reader).Where(counter => counter.Name == name).Select(counter => (long?)counter.Value).FirstOrDefault();
    }

    private static TimeSpan? UpTimeOf(Machine machine)
    {
        using KernelReader? reader = machine.TryRead("proc/uptime");
        if (reader is null)
        {
            return null;
        }
        KernelLine line = reader.RequireLine("seconds since the start");
        double seconds = line.TakeDouble();
        return seconds is > 0 and < 1e10 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
