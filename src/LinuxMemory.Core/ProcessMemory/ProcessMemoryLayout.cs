using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How one process's address space is laid out. Addresses that the kernel hides from us are null; sizes are bytes.</summary>
public sealed record ProcessMemoryLayout
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Where the program's code begins. Source: stat.</summary>
    public ulong? StartCode { get; init; }

    /// <summary>Where the program's code ends. Source: stat.</summary>
    public ulong? EndCode { get; init; }

    /// <summary>Where variables with a value begin. Source: stat.</summary>
    public ulong? StartData { get; init; }

    /// <summary>Where variables with a value end. Source: stat.</summary>
    public ulong? EndData { get; init; }

    /// <summary>Where the heap begins that brk moves. Source: stat.</summary>
    public ulong? StartBrk { get; init; }

    /// <summary>Where that heap ends, to the page: the end of [heap], or StartBrk while it is empty.</summary>
    public ulong? Brk { get; init; }

    /// <summary>The bottom of the main thread's stack, its highest address. Source: stat.</summary>
    public ulong? StartStack { get; init; }

    /// <summary>Where the arguments begin. Source: stat.</summary>
    public ulong? ArgStart { get; init; }

    /// <summary>Where the arguments end. Source: stat.</summary>
    public ulong? ArgEnd { get; init; }

    /// <summary>Where the environment begins. Source: stat.</summary>
    public ulong? EnvStart { get; init; }

    /// <summary>Where the environment ends. Source: stat.</summary>
    public ulong? EnvEnd { get; init; }

    /// <summary>The end of the highest mapping below the stack, from which mmap goes down; null where there is none. The kernel does not show its own number.</summary>
    public ulong? MmapBase { get; init; }

    /// <summary>Where the [vdso] begins; null for a process without.</summary>
    public ulong? Vdso { get; init; }

    /// <summary>Bytes of all mappings.</summary>
    public required long Size { get; init; }

    /// <summary>The mappings added up by kind, largest first.</summary>
    public required IReadOnlyList<ProcessMemoryKindTotal> Kinds { get; init; }

    /// <summary>The stretches between the mappings where nothing is, ascending; not the one below the kernel's [vsyscall].</summary>
    public required IReadOnlyList<ProcessMemoryGap> Gaps { get; init; }

    /// <summary>Libraries and programs that are still mapped although their file was deleted or replaced.</summary>
    public required IReadOnlyList<string> DeletedFiles { get; init; }

    /// <summary>Reads the layout of a process whose directory is held open; <paramref name="fast"/> leaves out the sizes in memory.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ProcessMemoryLayout Read(KernelDirectory process, bool fast = false)
    {
        ArgumentNullException.ThrowIfNull(process);
        ProcessStat stat = ProcessStatFile.Read(process);
        string name = ProcessName.Read(process, stat);
        return Of(stat, name, [.. ProcessMemoryMap.Read(process, stat, name, fast)]);
    }

    internal static ProcessMemoryLayout Of(ProcessStat stat, string name, IReadOnlyList<ProcessMemoryMapping> mappings)
    {
        ProcessMemoryMapping? stack = mappings.FirstOrDefault(mapping => mapping.Kind == ProcessMemoryKind.Stack);
        ProcessMemoryMapping? heap = mappings.LastOrDefault(mapping => mapping.Kind == ProcessMemoryKind.Heap);
        return new ProcessMemoryLayout
        {
            Id = stat.Id,
            Name = name,
            StartCode = stat.StartCode,
            EndCode = stat.EndCode,
            StartData = stat.StartData,
            EndData = stat.EndData,
            StartBrk = stat.StartBrk,
            Brk = heap?.End ?? stat.StartBrk,
            StartStack = stat.StartStack,
            ArgStart = stat.ArgStart,
            ArgEnd = stat.ArgEnd,
            EnvStart = stat.EnvStart,
            EnvEnd = stat.EnvEnd,
            MmapBase = mappings.LastOrDefault(mapping => mapping.Start < stack?.Start && IsByMmap(mapping.Kind))?.End,
            Vdso = mappings.FirstOrDefault(mapping => mapping.Kind == ProcessMemoryKind.Vdso)?.Start,
            Size = Sum(mappings.Select(mapping => mapping.Size)),
            Kinds = new ReadableList<ProcessMemoryKindTotal>([.. mappings.GroupBy(mapping => mapping.Kind).Select(ProcessMemoryKindTotal.Of).OrderByDescending(total => total.Size)]),
            Gaps = new ReadableList<ProcessMemoryGap>([.. mappings.Zip(mappings.Skip(1)).Where(pair => pair.First.End < pair.Second.Start && pair.Second.Start <= long.MaxValue)
                .Select(pair => new ProcessMemoryGap { Start = pair.First.End, End = pair.Second.Start })]),
            DeletedFiles = new ReadableList<string>([.. mappings.Where(mapping => mapping.IsDeleted && MappingKinds.IsPrivateCode(mapping)).Select(mapping => mapping.Path!).Distinct()]),
        };
    }

    // The text of a tree can claim anything.
    internal static long Sum(IEnumerable<long> sizes) => (long)Math.Min(long.MaxValue, sizes.Aggregate(0m, (sum, size) => sum + size));

    private static bool IsByMmap(ProcessMemoryKind kind) => kind is not (ProcessMemoryKind.Text or ProcessMemoryKind.ReadOnlyData or ProcessMemoryKind.Data
        or ProcessMemoryKind.Bss or ProcessMemoryKind.Heap or ProcessMemoryKind.Vdso or ProcessMemoryKind.Vvar);
}

/// <summary>All mappings of one kind, added up.</summary>
public sealed record ProcessMemoryKindTotal
{
    /// <summary>What they are to the program.</summary>
    public required ProcessMemoryKind Kind { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>Bytes of address space.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes in memory, pages of huge page pools included; null where only maps was read.</summary>
    public required long? Rss { get; init; }

    /// <summary>"Heap 135168", the bytes of address space, for CSV files.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Size}");

    internal static ProcessMemoryKindTotal Of(IGrouping<ProcessMemoryKind, ProcessMemoryMapping> mappings) => new()
    {
        Kind = mappings.Key,
        Count = mappings.Count(),
        Size = ProcessMemoryLayout.Sum(mappings.Select(mapping => mapping.Size)),
        Rss = mappings.First().Rss is null ? null
            : ProcessMemoryLayout.Sum(mappings.SelectMany(mapping => new[] { mapping.Rss ?? 0, mapping.SharedHugetlb ?? 0, mapping.PrivateHugetlb ?? 0 })),
    };
}

/// <summary>A stretch of address space that nothing is mapped to.</summary>
public sealed record ProcessMemoryGap
{
    /// <summary>The first address.</summary>
    public required ulong Start { get; init; }

    /// <summary>The first address behind.</summary>
    public required ulong End { get; init; }

    /// <summary>Bytes: End - Start.</summary>
    public long Size => unchecked((long)(End - Start));

    /// <summary>"55c0124fe000-7f0a75a50000", for CSV files.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start:x}-{End:x}");
}
