using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How likely the kernel is to kill a process when memory runs out.</summary>
public sealed record ProcessOomScore
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The process's name, as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The kernel's score: 0 is never, about 667 uses no memory, and the highest goes first. Source: /proc/PID/oom_score.</summary>
    public required long OomScore { get; init; }

    /// <summary>What an administrator adds, in thousandths of all memory: -1000 is never, 1000 goes first. Source: /proc/PID/oom_score_adj.</summary>
    public required int OomScoreAdj { get; init; }

    /// <summary>Bytes in memory. Source: VmRSS of /proc/PID/status.</summary>
    public required long Rss { get; init; }

    /// <summary>Bytes in swap. Source: VmSwap.</summary>
    public required long Swap { get; init; }

    /// <summary>Bytes of page tables. Source: VmPTE, from 4.0 to 4.14 with VmPMD.</summary>
    public required long PageTables { get; init; }

    /// <summary>
    /// What the kernel compares, in pages: (Rss + Swap + PageTables) / page + (MemTotal + SwapTotal) / page / 1000 * OomScoreAdj, up to 4.16 less for root, with the
    /// whole machine as the limit. Null when the process is never chosen: the machine's first process, one that has ended, and -1000.
    /// </summary>
    public required long? Badness { get; init; }

    /// <summary>Reads the score of a process whose directory is held open; null for a kernel thread, which has none.</summary>
    /// <param name="process">The directory.</param>
    /// <param name="memory">The machine's memory, which OomScoreAdj counts in.</param>
    /// <param name="pageSize">Bytes in a page.</param>
    /// <param name="formula">How the machine's kernel counts.</param>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ProcessOomScore? Read(KernelDirectory process, MemInfo memory, int pageSize, OomFormula formula)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(formula);
        ProcessStat stat = ProcessStatFile.Read(process);
        if (stat.IsKernelThread)
        {
            return null;
        }
        ProcessStatus status = ProcessStatusFile.Read(process);
        long rss = status.VmRSS ?? 0;
        long swap = status.VmSwap ?? 0;
        long tables = (status.VmPTE ?? 0) + (status.VmPMD ?? 0);
        int adjustment = (int)ReadNumber(process, "oom_score_adj");
        long score = ReadNumber(process, "oom_score");
        // Each quotient is cut to whole pages.
        long used = (rss / pageSize) + (swap / pageSize) + (tables / pageSize);
        return new ProcessOomScore
        {
            Id = stat.Id,
            Name = ProcessName.Read(process, stat),
            OomScore = score,
            OomScoreAdj = adjustment,
            Rss = rss,
            Swap = swap,
            PageTables = tables,
            // The first process of a container can be chosen, and has a score.
            Badness = adjustment == OomScoreAdjChange.Never || status.VmRSS is null || (stat.Id == 1 && score == 0)
                ? null
                : formula.Badness(used, adjustment, (memory.MemTotal + (memory.SwapTotal ?? 0)) / pageSize, formula.IsSpared(process)),
        };
    }

    internal static long ReadNumber(KernelDirectory process, string file)
    {
        using KernelReader reader = process.Read(file);
        KernelLine line = reader.RequireLine("a number");
        long value = line.TakeInt64();
        return value is >= -1000 and <= int.MaxValue ? value : throw line.Malformed("a number from -1000");
    }
}
