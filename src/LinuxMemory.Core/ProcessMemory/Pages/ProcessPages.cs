using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The pages of one process, through its pagemap held open.</summary>
public sealed class ProcessPages : IDisposable
{
    // What lies above no process has page tables for, such as the kernel's [vsyscall].
    private const ulong KernelHalf = 1UL << 63;

    private readonly KernelFile _pagemap;
    private readonly PageEntries _entries;
    private readonly IPageSource _source;
    private readonly bool _tellsHuge;
    private readonly bool _tellsSoftDirty;
    private readonly int _pageSize;

    private ProcessPages(Machine machine, KernelDirectory process, KernelFile pagemap, bool scans)
    {
        FileSystems = new MappedFileSystems(machine.Calls, process);
        _pagemap = pagemap;
        _pageSize = machine.Calls.PageSize;
        _entries = new PageEntries(pagemap, _pageSize);
        _source = scans ? new PageScan(machine.Calls, pagemap, _entries) : _entries;
        _tellsHuge = scans;
        _tellsSoftDirty = PageEntries.IsSoftDirty(machine.Calls.ProbePagemap());
    }

    internal int PageSize => _pageSize;

    /// <summary>What the mapped files lie on.</summary>
    internal MappedFileSystems FileSystems { get; }

    /// <summary>Opens the pages of a process whose directory is held open; by PAGEMAP_SCAN where the kernel has it (6.7), else entry by entry.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied: CAP_SYS_PTRACE for processes of others.</exception>
    /// <exception cref="NeedsLiveMachineException">The machine is a tree of files.</exception>
    public static ProcessPages Open(Machine machine, KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Open(machine, process, machine.Calls.ProbePageScan() == Errno.None);
    }

    internal static ProcessPages Open(Machine machine, KernelDirectory process, bool scans)
    {
        ArgumentNullException.ThrowIfNull(process);
        KernelFile pagemap = process.Open(process.Living("pagemap"));
        try
        {
            return new ProcessPages(machine, process, pagemap, scans);
        }
        catch
        {
            pagemap.Dispose();
            throw;
        }
    }

    /// <summary>The pages of mappings, ascending, each stretch of one state as one object. Mappings of the kernel's half have none.</summary>
    /// <exception cref="KernelException">The process has ended.</exception>
    public IEnumerable<ProcessPageRange> Of(IEnumerable<ProcessMemoryMapping> mappings)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        return mappings.SelectMany(mapping => Of(mapping, mapping.Start, mapping.End));
    }

    /// <summary>The pages between two addresses, with the stretches where nothing is mapped. Addresses are widened to whole pages; from 0, or to
    /// 2^64 - 1, means from the first mapping and to the last.</summary>
    /// <exception cref="KernelException">The process has ended.</exception>
    public IEnumerable<ProcessPageRange> Between(IEnumerable<ProcessMemoryMapping> mappings, ulong start, ulong end, int processId, string processName)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        return Clipped(mappings, PageOf(start), end > 0 && PageOf(end - 1) is ulong last && last <= ulong.MaxValue - (ulong)_pageSize ? last + (ulong)_pageSize : end, processId, processName);
    }

    /// <summary>The entry of one page; null where there is no page table.</summary>
    internal ulong? EntryOf(ulong address) => address < KernelHalf ? _entries.Read(address) : null;

    /// <summary>The populated pages between two page boundaries.</summary>
    internal IEnumerable<PageRun> Populated(ulong start, ulong end) => start < KernelHalf ? _source.Populated(start, end) : [];

    /// <summary>Where between two page boundaries pages hold something, in memory or in swap.</summary>
    internal IEnumerable<(ulong Start, ulong End)> Filled(ulong start, ulong end) =>
        (start < KernelHalf ? _source.Contents(start, end) : []).Where(run => run.State != PageState.NotPopulated).Select(run => (run.Start, run.End));

    /// <summary>Gives the descriptor back.</summary>
    public void Dispose() => _pagemap.Dispose();

    private ulong PageOf(ulong address) => address & ~((ulong)_pageSize - 1);

    private IEnumerable<ProcessPageRange> Clipped(IEnumerable<ProcessMemoryMapping> mappings, ulong start, ulong end, int processId, string processName)
    {
        ulong next = start;
        // A gap ends at the kernel's half, so that its size is a number of bytes that a long holds.
        IEnumerable<ProcessPageRange> Gap(ulong until) => next < KernelHalf && until > KernelHalf ? [Unmapped(next, KernelHalf), Unmapped(KernelHalf, until)] : [Unmapped(next, until)];
        ProcessPageRange Unmapped(ulong first, ulong until) => new() { ProcessId = processId, ProcessName = processName, Start = first, End = until, State = PageState.NotMapped };
        foreach (ProcessMemoryMapping mapping in mappings.Where(mapping => mapping.End > start && mapping.Start < end))
        {
            if (mapping.Start > next && next > 0)
            {
                foreach (ProcessPageRange gap in Gap(mapping.Start))
                {
                    yield return gap;
                }
            }
            next = Math.Min(end, mapping.End);
            foreach (ProcessPageRange range in Of(mapping, Math.Max(start, mapping.Start), next))
            {
                yield return range;
            }
        }
        if (next < end && end < ulong.MaxValue)
        {
            foreach (ProcessPageRange gap in Gap(end))
            {
                yield return gap;
            }
        }
    }

    private IEnumerable<ProcessPageRange> Of(ProcessMemoryMapping mapping, ulong start, ulong end)
    {
        if (start >= KernelHalf)
        {
            yield break;
        }
        // The kernel's label or path, and what the traits do not tell by themselves.
        string? name = mapping.Path ?? mapping.Label;
        bool isPrivateMemory = mapping.Path is null && !mapping.IsShared;
        bool? isSoftDirtyAsWhole = null;
        ProcessPageRange Range(ulong from, ulong to, PageTraits traits, PageState state)
        {
            bool isNotMarked = _tellsSoftDirty && (traits & PageTraits.SoftDirty) == 0;
            return new()
            {
                ProcessId = mapping.ProcessId,
                ProcessName = mapping.ProcessName,
                Start = from,
                End = to,
                State = state,
                IsHuge = _tellsHuge ? (traits & PageTraits.Huge) != 0 : mapping.Kind == ProcessMemoryKind.HugePage && state != PageState.NotPopulated ? true : null,
                // A new mapping counts as written as a whole; pagemap adds that to each page, PAGEMAP_SCAN does not.
                IsSoftDirty = !_tellsSoftDirty ? null : !isNotMarked || (isSoftDirtyAsWhole ??= PageEntries.IsSoftDirty(EntryOf(from) ?? 0)),
                IsGuard = (traits & PageTraits.Guard) != 0,
                Mapping = name,
                Kind = mapping.Kind,
            };
        }
        ulong next = start;
        foreach (PageRun run in Normal(Populated(start, end), isPrivateMemory))
        {
            if (run.Start > next)
            {
                yield return Range(next, run.Start, PageTraits.None, PageState.NotPopulated);
            }
            next = run.End;
            yield return Range(run.Start, run.End, run.Traits, run.State);
        }
        if (next < end)
        {
            yield return Range(next, end, PageTraits.None, PageState.NotPopulated);
        }
    }

    // Private memory has no file's pages; the huge zero page counts as one in pagemap and not in PAGEMAP_SCAN.
    private static IEnumerable<PageRun> Normal(IEnumerable<PageRun> runs, bool isPrivateMemory)
    {
        PageRun last = default;
        foreach (PageRun run in runs)
        {
            PageTraits traits = isPrivateMemory ? run.Traits & ~PageTraits.File : run.Traits;
            if (last.End == run.Start && last.Traits == traits)
            {
                last = last with { End = run.End };
                continue;
            }
            if (last.End > 0)
            {
                yield return last;
            }
            last = new PageRun(run.Start, run.End, traits);
        }
        if (last.End > 0)
        {
            yield return last;
        }
    }
}
