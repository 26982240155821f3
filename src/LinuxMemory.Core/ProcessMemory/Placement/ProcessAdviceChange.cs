using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What the kernel can be told to do with a process's memory. The numbers are the kernel's MADV_ ones.</summary>
public enum ProcessPageAdvice
{
    /// <summary>Read from disk or swap soon what is not in memory. MADV_WILLNEED, since 5.10.</summary>
    WillNeed = 3,
    /// <summary>Make the pages the first to be reclaimed when memory gets short. MADV_COLD, since 5.10.</summary>
    Cold = 20,
    /// <summary>Reclaim the pages now: to swap, or to their file. MADV_PAGEOUT, since 5.10.</summary>
    PageOut = 21,
    /// <summary>Copy the pages into transparent huge pages now. MADV_COLLAPSE, since 6.1.</summary>
    Collapse = 25,
}

/// <summary>Advice about the memory of one process, by process_madvise(2). There is no way back: pages come back when they are used.</summary>
public sealed record ProcessAdviceChange : ProcessActionChange
{
    private ProcessPageAdvice Advice { get; init; }

    private IReadOnlyList<(ulong Start, ulong End)> Stretches { get; init; } = [];

    private Action<ProcessAdviceResult> Report { get; init; } = _ => { };

    /// <summary>
    /// Plans the advice for all mappings, or for those that <paramref name="isMeant"/> chooses; <paramref name="report"/> is told what it
    /// brought. Pages of huge page pools, of devices and locked ones take no advice and are left out.
    /// </summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ProcessAdviceChange Plan(Machine machine, int id, ProcessPageAdvice advice, Func<ProcessMemoryMapping, bool> isMeant, Action<ProcessAdviceResult> report)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelDirectory process = ProcessList.Open(machine, id);
        ProcessStat stat = ProcessStatFile.Read(process);
        string name = ProcessName.Read(process, stat);
        ProcessMemoryMapping[] mappings = [.. ProcessMemoryMap.Read(process, stat, name, fast: false).Where(isMeant).Where(TakesAdvice)];
        return new ProcessAdviceChange
        {
            Id = id,
            StartTicks = stat.StartTicks,
            Name = name,
            Target = TargetOf(id, name),
            Setting = "page advice",
            NewValue = advice.ToString(),
            Sentence = $"{Words(advice)} ({ProcessMemoryLayout.Sum(mappings.Select(mapping => mapping.Size))} bytes in {mappings.Length} mappings)",
            Caution = mappings.Length > 0 ? null : "No mapping of that choice takes advice. Mappings must lie between Start and End as a whole; locked ones, those of huge page pools and those of devices take none.",
            Advice = advice,
            Stretches = [.. mappings.Select(mapping => (mapping.Start, mapping.End))],
            Report = report,
        };
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using HeldProcess process = HeldProcess.Open(machine, Id, StartTicks);
        SmapsRollup? before = SmapsRollupFile.Read(process.Directory);
        long start = Stopwatch.GetTimestamp();
        long advised = 0;
        long refused = 0;
        foreach ((ulong first, ulong end) in Stretches)
        {
            foreach ((ulong next, ulong length) in Pieces(machine, first, end))
            {
                ulong done = Advise(machine, process, next, next + length);
                advised += (long)done;
                refused += (long)(length - done);
            }
        }
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        SmapsRollup? after = SmapsRollupFile.Read(process.Directory);
        Report(new ProcessAdviceResult
        {
            Id = Id,
            Name = Name,
            Advice = Advice,
            Advised = advised,
            Refused = refused,
            RssBefore = before?.Rss,
            RssAfter = after?.Rss,
            SwapBefore = before?.Swap,
            SwapAfter = after?.Swap,
            Duration = duration,
        });
        return this;
    }

    // The kernel ends a collapse at the first huge page that it cannot make, so each is asked for by itself.
    private IEnumerable<(ulong Start, ulong Length)> Pieces(Machine machine, ulong start, ulong end)
    {
        // What one entry of the table above the last maps, with entries of 8 bytes.
        ulong most = Advice == ProcessPageAdvice.Collapse ? (ulong)machine.Calls.PageSize * ((ulong)machine.Calls.PageSize / sizeof(ulong)) : ulong.MaxValue;
        for (ulong next = start; next < end;)
        {
            ulong length = Math.Min(end - next, most - (next % most));
            yield return (next, length);
            next += length;
        }
    }

    private ulong Advise(Machine machine, HeldProcess process, ulong start, ulong end)
    {
        ulong next = start;
        try
        {
            while (next < end)
            {
                ulong done = (ulong)machine.Calls.Advise(process.Handle, next, end - next, (int)Advice);
                if (done == 0)
                {
                    break;
                }
                next += done;
            }
        }
        // Unmapped or remade meanwhile; not to be had as a huge page; a kind of mapping that this kernel does not advise about.
        catch (KernelException e) when (e.Errno is Errno.ENOMEM or Errno.EAGAIN or Errno.EBUSY or Errno.EFAULT || (e.Errno == Errno.EINVAL && IsKnown(machine)))
        {
        }
        return next - start;
    }

    // EINVAL for an empty stretch means that the kernel does not know the advice at all: that must be said.
    private bool IsKnown(Machine machine)
    {
        using HeldProcess process = HeldProcess.Open(machine, Id, StartTicks);
        return machine.Calls.Advise(process.Handle, 0, 0, (int)Advice) == 0;
    }

    private static bool TakesAdvice(ProcessMemoryMapping mapping) =>
        mapping.Kind is not (ProcessMemoryKind.HugePage or ProcessMemoryKind.Device or ProcessMemoryKind.Vdso or ProcessMemoryKind.Vvar or ProcessMemoryKind.Vsyscall)
        && mapping.VmFlags?.Contains("lo") != true && mapping.VmFlags?.Contains("pf") != true;

    private static string Words(ProcessPageAdvice advice) => advice switch
    {
        ProcessPageAdvice.Cold => "Mark its pages as the first to be reclaimed",
        ProcessPageAdvice.PageOut => "Reclaim its pages now",
        ProcessPageAdvice.WillNeed => "Bring its pages into memory",
        _ => "Collapse its pages into huge pages",
    };
}

/// <summary>What advice about a process's memory brought. Sizes are bytes.</summary>
public sealed record ProcessAdviceResult
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The advice.</summary>
    public required ProcessPageAdvice Advice { get; init; }

    /// <summary>Bytes of address space for which the kernel took it.</summary>
    public required long Advised { get; init; }

    /// <summary>Bytes of address space for which it did not, such as mappings that were unmapped meanwhile or are too small for a huge page.</summary>
    public required long Refused { get; init; }

    /// <summary>Bytes in memory before. Source: smaps_rollup.</summary>
    public required long? RssBefore { get; init; }

    /// <summary>Bytes in memory after.</summary>
    public required long? RssAfter { get; init; }

    /// <summary>Bytes in swap before. Source: smaps_rollup.</summary>
    public required long? SwapBefore { get; init; }

    /// <summary>Bytes in swap after.</summary>
    public required long? SwapAfter { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }
}
