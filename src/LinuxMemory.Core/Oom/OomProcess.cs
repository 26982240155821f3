using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What the kernel's OOM killer looks at in one process.</summary>
internal sealed record OomProcess
{
    public required ProcessStat Stat { get; init; }

    public required string Name { get; init; }

    public required long RssPages { get; init; }

    /// <summary>Bytes.</summary>
    public required long Swap { get; init; }

    /// <summary>Bytes.</summary>
    public required long PageTables { get; init; }

    public required int Adjustment { get; init; }

    public required long Score { get; init; }

    public required bool HasMemory { get; init; }

    public required string? Cgroup { get; init; }

    public bool IsOrigin { get; init; }

    /// <summary>True when the kernel spares it since it is root's.</summary>
    public bool IsSpared { get; init; }

    /// <summary>Pages in memory, in swap and of page tables; each quotient is cut.</summary>
    public long UsedPages(int pageSize) => RssPages + (Swap / pageSize) + (PageTables / pageSize);

    /// <summary>Reads all processes of a machine. Who ends meanwhile is left out.</summary>
    /// <exception cref="KernelException">The machine has no proc directory.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static List<OomProcess> ReadAll(Machine machine, OomFormula formula)
    {
        List<OomProcess> processes = [];
        foreach (int id in ProcessList.Ids(machine))
        {
            try
            {
                using KernelDirectory directory = ProcessList.Open(machine, id);
                processes.Add(Read(directory, formula, machine.IsLive));
            }
            catch (KernelException e) when (e.IsAbsent || e.IsDenied)
            {
                // It has ended, or it is hidden from us.
            }
        }
        return processes;
    }

    /// <summary>Reads a process whose directory is held open.</summary>
    /// <exception cref="KernelException">It has ended, or it is hidden from us.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomProcess Read(KernelDirectory process, OomFormula formula, bool isLive)
    {
        ProcessStat stat = ProcessStatFile.Read(process);
        ProcessStatus status = ProcessStatusFile.Read(process);
        return new OomProcess
        {
            Stat = stat,
            Name = ProcessName.Read(process, stat),
            RssPages = stat.RssPages,
            Swap = status.VmSwap ?? 0,
            PageTables = (status.VmPTE ?? 0) + (status.VmPMD ?? 0),
            Adjustment = (int)ProcessOomScore.ReadNumber(process, "oom_score_adj"),
            Score = ProcessOomScore.ReadNumber(process, "oom_score"),
            HasMemory = status.VmRSS is not null,
            Cgroup = CgroupOf(process),
            IsOrigin = isLive && stat.State == 'D' && OomOrigin.IsIn(process),
            IsSpared = formula.IsSpared(process),
        };
    }

    private static string? CgroupOf(KernelDirectory process)
    {
        using KernelReader? reader = process.TryRead(process.Living("cgroup"));
        return reader is null ? null : CgroupFile.ParseMemoryPath(reader);
    }
}
