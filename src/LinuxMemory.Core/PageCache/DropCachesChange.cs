using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The kernel's caches dropped, through /proc/sys/vm/drop_caches. Only clean pages go, so dirty ones are written first.</summary>
public sealed record DropCachesChange : KernelActionChange
{
    private const string File = "proc/sys/vm/drop_caches";

    private PageCacheMode Mode { get; init; }

    private bool SyncsFirst { get; init; }

    private Action<PageCacheClearing> Report { get; init; } = _ => { };

    /// <summary>Plans to drop caches; <paramref name="report"/> is told what it brought.</summary>
    public static DropCachesChange Plan(Machine machine, PageCacheMode mode, bool syncsFirst, Action<PageCacheClearing> report)
    {
        ArgumentNullException.ThrowIfNull(machine);
        // 4 would switch off the line in the kernel's log for good, so it never gets there.
        int number = mode is PageCacheMode.PageCache or PageCacheMode.Slab or PageCacheMode.All
            ? (int)mode
            : throw new ArgumentOutOfRangeException(nameof(mode));
        return new DropCachesChange
        {
            Path = File,
            Target = machine.Locate(File),
            Setting = "vm.drop_caches",
            NewValue = number.ToString(CultureInfo.InvariantCulture),
            Sentence = (syncsFirst ? "Write dirty pages to disk, then drop " : "Drop ") + Name(mode),
            IsGrave = mode != PageCacheMode.PageCache,
            Mode = mode,
            SyncsFirst = syncsFirst,
            Report = report,
        };
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        long start = Stopwatch.GetTimestamp();
        if (SyncsFirst)
        {
            machine.Calls.Sync();
        }
        long? before = MemInfoFile.Read(machine).BuffCache;
        PlannedChange done = base.Apply(machine);
        Report(new PageCacheClearing
        {
            Mode = Mode,
            Before = before,
            After = MemInfoFile.Read(machine).BuffCache,
            Duration = Stopwatch.GetElapsedTime(start),
        });
        return done;
    }

    private static string Name(PageCacheMode mode) => mode switch
    {
        PageCacheMode.PageCache => "the page cache",
        PageCacheMode.Slab => "directory entries and inodes",
        _ => "the page cache, directory entries and inodes",
    };
}
