using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How a machine uses transparent huge pages.</summary>
public sealed class TransparentHugePages
{
    private const string Prefix = "transparent_hugepage.";
    private const string Folder = "sys/kernel/mm/transparent_hugepage";
    private const string SizePrefix = "hugepages-";

    /// <summary>Where anonymous memory may use them: always, madvise or never.</summary>
    public required string Enabled { get; init; }

    /// <summary>How hard a page fault tries: always, defer, defer+madvise, madvise or never; null before 2.6.38.</summary>
    public string? Defrag { get; init; }

    /// <summary>Where shared memory may use them; null where the kernel does not say.</summary>
    public string? ShmemEnabled { get; init; }

    /// <summary>True when reads of empty memory map one shared huge zero page; null where the kernel does not say.</summary>
    public bool? UseZeroPage { get; init; }

    /// <summary>True when mostly empty huge pages are split under pressure. Since 6.12; null before.</summary>
    public bool? ShrinkUnderused { get; init; }

    /// <summary>Bytes of a huge page that a PMD maps, 2 MiB on x86-64; null where the kernel does not say.</summary>
    public long? PmdSize { get; init; }

    /// <summary>The kernel thread that makes huge pages of small ones.</summary>
    public required Khugepaged Khugepaged { get; init; }

    /// <summary>The sizes that the kernel can use, smallest first. Since 6.8; empty before.</summary>
    public IReadOnlyList<TransparentHugePageSize> Sizes { get; init; } = [];

    /// <summary>Bytes of anonymous memory in huge pages of PMD size. Source: AnonHugePages of /proc/meminfo; null where it does not say.</summary>
    public long? AnonHugePages { get; init; }

    /// <summary>transparent_hugepage= of the kernel command line; null when it is not there.</summary>
    public string? BootParameter { get; init; }

    /// <summary>Enabled after the next boot; null when nothing sets it and the kernel's own value holds.</summary>
    public string? AfterBoot { get; init; }

    /// <summary>The file and line that decide AfterBoot; null when nothing sets it.</summary>
    public string? PersistedBy { get; init; }

    /// <summary>Reads a machine's; null when its kernel has no transparent huge pages, as real-time kernels.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    public static TransparentHugePages? Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (Word(machine, "enabled") is not string enabled)
        {
            return null;
        }
        BootOutcome boot = BootPlan.Read(machine).For(Prefix + "enabled");
        return new TransparentHugePages
        {
            Enabled = enabled,
            Defrag = Word(machine, "defrag"),
            ShmemEnabled = Word(machine, "shmem_enabled"),
            UseZeroPage = Flag(machine, "use_zero_page"),
            ShrinkUnderused = Flag(machine, "shrink_underused"),
            PmdSize = Number(machine, "hpage_pmd_size"),
            Khugepaged = ReadKhugepaged(machine),
            Sizes = ReadSizes(machine),
            AnonHugePages = machine.Exists("proc/meminfo") ? MemInfoFile.Read(machine).AnonHugePages : null,
            BootParameter = KernelCommandLine.Parameters(machine)?.LastOrDefault(parameter => parameter.StartsWith("transparent_hugepage=", StringComparison.Ordinal))
                is string given ? given[(given.IndexOf('=', StringComparison.Ordinal) + 1)..] : null,
            AfterBoot = boot.Value,
            PersistedBy = boot.Winner?.Place,
        };
    }

    /// <summary>The setting for anonymous memory of one size: "transparent_hugepage.hugepages-64kB.enabled".</summary>
    public static string SettingOf(long size, string file) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{SizePrefix}{size >> 10}kB.{file}");

    private static Khugepaged ReadKhugepaged(Machine machine) => new()
    {
        Defrag = Flag(machine, "khugepaged/defrag"),
        PagesToScan = Number(machine, "khugepaged/pages_to_scan"),
        ScanSleep = Milliseconds(machine, "khugepaged/scan_sleep_millisecs"),
        AllocSleep = Milliseconds(machine, "khugepaged/alloc_sleep_millisecs"),
        MaxPtesNone = Number(machine, "khugepaged/max_ptes_none"),
        MaxPtesSwap = Number(machine, "khugepaged/max_ptes_swap"),
        MaxPtesShared = Number(machine, "khugepaged/max_ptes_shared"),
        PagesCollapsed = Number(machine, "khugepaged/pages_collapsed"),
        FullScans = Number(machine, "khugepaged/full_scans"),
    };

    private static List<TransparentHugePageSize> ReadSizes(Machine machine)
    {
        List<TransparentHugePageSize> sizes = [];
        foreach (string name in machine.List(Folder).Where(name => name.StartsWith(SizePrefix, StringComparison.Ordinal) && name.EndsWith("kB", StringComparison.Ordinal)))
        {
            if (long.TryParse(name.AsSpan(SizePrefix.Length, name.Length - SizePrefix.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out long kib) && kib <= long.MaxValue >> 10)
            {
                sizes.Add(new TransparentHugePageSize
                {
                    Size = kib << 10,
                    Enabled = Word(machine, $"{name}/enabled"),
                    ShmemEnabled = Word(machine, $"{name}/shmem_enabled"),
                    Counters = Counters(machine, $"{name}/stats"),
                });
            }
        }
        return [.. sizes.OrderBy(size => size.Size)];
    }

    private static Dictionary<string, long> Counters(Machine machine, string folder)
    {
        Dictionary<string, long> counters = new(StringComparer.Ordinal);
        if (machine.Exists($"{Folder}/{folder}"))
        {
            foreach (string name in machine.List($"{Folder}/{folder}"))
            {
                if (Number(machine, $"{folder}/{name}") is long value)
                {
                    counters[name] = value;
                }
            }
        }
        return counters;
    }

    private static string? Word(Machine machine, string file) =>
        machine.TryReadText($"{Folder}/{file}") is string text ? KernelValue.Of(text) : null;

    private static long? Number(Machine machine, string file) =>
        Word(machine, file) is string text && SettingValue.Parse(SettingType.Number, text) is long number ? number : null;

    private static bool? Flag(Machine machine, string file) => Number(machine, file) is long number ? number != 0 : null;

    private static TimeSpan? Milliseconds(Machine machine, string file) =>
        Number(machine, file) is long number and >= 0 and <= uint.MaxValue ? TimeSpan.FromMilliseconds(number) : null;
}

/// <summary>The kernel thread that collapses small pages into huge ones, and its settings.</summary>
public sealed class Khugepaged
{
    /// <summary>True when it may compact memory to get huge pages; null where the kernel does not say.</summary>
    public bool? Defrag { get; init; }

    /// <summary>Pages that it looks at before it sleeps; null where the kernel does not say.</summary>
    public long? PagesToScan { get; init; }

    /// <summary>How long it sleeps between two rounds; null where the kernel does not say.</summary>
    public TimeSpan? ScanSleep { get; init; }

    /// <summary>How long it waits when there was no huge page; null where the kernel does not say.</summary>
    public TimeSpan? AllocSleep { get; init; }

    /// <summary>Empty pages that a huge page may take in; null where the kernel does not say.</summary>
    public long? MaxPtesNone { get; init; }

    /// <summary>Pages in swap that are brought back for a huge page; null where the kernel does not say.</summary>
    public long? MaxPtesSwap { get; init; }

    /// <summary>Shared pages that a huge page may take in. Since 5.8; null before.</summary>
    public long? MaxPtesShared { get; init; }

    /// <summary>Huge pages that it made since the machine started; null where the kernel does not say.</summary>
    public long? PagesCollapsed { get; init; }

    /// <summary>Rounds over all memory since the machine started; null where the kernel does not say.</summary>
    public long? FullScans { get; init; }

    /// <summary>"4096 pages every 10 s".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PagesToScan} pages every {ScanSleep?.TotalSeconds} s");
}

/// <summary>One size of transparent huge pages.</summary>
public sealed class TransparentHugePageSize
{
    /// <summary>Bytes of a page.</summary>
    public required long Size { get; init; }

    /// <summary>Where anonymous memory may use it: always, inherit, madvise or never; null for sizes that only shared memory has.</summary>
    public string? Enabled { get; init; }

    /// <summary>Where shared memory may use it. Since 6.11; null before.</summary>
    public string? ShmemEnabled { get; init; }

    /// <summary>What happened with pages of this size, by the kernel's names, such as nr_anon and swpout; empty where it does not count.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    /// <summary>"64kB: inherit".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size >> 10}kB: {Enabled ?? ShmemEnabled}");
}
