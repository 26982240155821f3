using System.Collections.Concurrent;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Reads the memory of a machine's processes, one pass over the files of each, through its directory held open. Knows the
/// users and the time of boot once for all. Safe to use from several threads.
/// </summary>
public sealed class ProcessMemoryReader
{
    private readonly Machine _machine;
    private readonly IReadOnlyDictionary<long, string> _users;
    private readonly DateTimeOffset? _boot;
    private readonly DateTimeOffset? _taken;

    /// <summary>Makes a reader; a garbled time of boot leaves the start times null.</summary>
    /// <exception cref="KernelException">The machine's stat file is denied.</exception>
    /// <exception cref="KernelFormatException">The time of boot is garbled.</exception>
    public ProcessMemoryReader(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        _users = PasswdFile.Read(machine);
        DateTimeOffset? boot = BootTime.Read(machine);
        _boot = machine.IsLive ? boot?.ToLocalTime() : boot;
        _taken = machine.IsLive ? null : machine.TimeOf("proc/stat");
    }

    /// <summary>True leaves out the proportional sizes, whose reading stops a huge process for as long as it takes.</summary>
    public bool Fast { get; init; }

    /// <summary>The memory of one process. Null for a kernel thread, unless those are wanted.</summary>
    /// <exception cref="KernelException">There is none, or it ended while it was read.</exception>
    /// <exception cref="KernelFormatException">One of its files is cut or garbled.</exception>
    public ProcessMemory? Read(int id, bool withKernelThreads)
    {
        try
        {
            using KernelDirectory process = ProcessList.Open(_machine, id);
            ProcessStat stat = ProcessStatFile.Read(process);
            return stat.IsKernelThread && !withKernelThreads ? null : Read(process, stat);
        }
        catch (KernelException e) when (e.IsDenied)
        {
            return new ProcessMemory { Id = id, Access = ProcessMemoryAccess.Denied, Time = Now };
        }
    }

    /// <summary>The memory of many processes, in the order asked for and as soon as it is known; all processors read.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IEnumerable<ProcessMemoryReading> ReadMany(IReadOnlyCollection<(int Id, bool WithKernelThread)> processes, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(processes);
        // One at a time to each thread: some take a thousand times as long as others.
        return Partitioner.Create(processes, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(stopping)
            .Select(process => TryRead(process.Id, process.WithKernelThread));
    }

    private ProcessMemoryReading TryRead(int id, bool withKernelThread)
    {
        try
        {
            return new ProcessMemoryReading(Read(id, withKernelThread));
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            return new ProcessMemoryReading(e);
        }
    }

    private DateTimeOffset Now => _taken ?? DateTimeOffset.Now;

    private ProcessMemory Read(KernelDirectory process, ProcessStat stat)
    {
        ProcessStatus status = ProcessStatusFile.Read(process);
        (SmapsRollup? rollup, ProcessMemoryAccess access) = Rollup(process, stat);
        bool hasNone = stat.IsKernelThread || stat.Threads <= 1 || !stat.IsZombie;
        (string? name, string? commandLine) = NameAndArguments(process, stat);
        return new ProcessMemory
        {
            Id = stat.Id,
            Name = name,
            CommandLine = commandLine,
            UserId = status.EffectiveUserId,
            UserName = _users.GetValueOrDefault(status.EffectiveUserId),
            ParentId = stat.ParentId,
            StartTime = _boot is DateTimeOffset boot ? BootTime.Plus(boot, stat.StartTicks) : null,
            // Kernel threads and zombies have 0 there, and no Vm lines; memory of other threads that is not shown is not 0.
            VirtualSize = status.VmSize ?? (hasNone ? stat.VirtualSize : null),
            Rss = status.VmRSS ?? (hasNone && stat.RssPages == 0 ? 0 : null),
            RssAnon = status.RssAnon,
            RssFile = status.RssFile,
            RssShmem = status.RssShmem,
            Pss = rollup?.Pss,
            Uss = rollup?.Uss,
            Swap = status.VmSwap,
            SwapPss = rollup?.SwapPss,
            Locked = status.VmLck,
            HugetlbPages = status.HugetlbPages,
            PageTables = status.VmPTE,
            PeakVirtualSize = status.VmPeak,
            PeakRss = status.VmHWM,
            Data = status.VmData,
            Stack = status.VmStk,
            Text = status.VmExe,
            Library = status.VmLib,
            MinorFaults = stat.MinorFaults,
            MajorFaults = stat.MajorFaults,
            Threads = stat.Threads,
            OomScore = Optional(process, "oom_score", static reader => (int?)reader.RequireLine("the score").TakeInt32()),
            OomScoreAdj = Optional(process, "oom_score_adj", static reader => (int?)reader.RequireLine("the adjustment").TakeInt32()),
            Cgroup = Optional(process, "cgroup", CgroupFile.ParseMemoryPath),
            IsKernelThread = stat.IsKernelThread,
            Access = access,
            Time = Now,
        };
    }

    private (SmapsRollup?, ProcessMemoryAccess) Rollup(KernelDirectory process, ProcessStat stat)
    {
        if (stat.IsKernelThread || stat.IsZombie)
        {
            return (null, ProcessMemoryAccess.Full);
        }
        try
        {
            if (!Fast)
            {
                return (SmapsRollupFile.Read(process), ProcessMemoryAccess.Full);
            }
            // The kernel decides at open whether we may read; only reading walks the page tables.
            process.Read(process.Living("smaps")).Dispose();
            return (null, ProcessMemoryAccess.Full);
        }
        catch (KernelException e) when (e.IsDenied)
        {
            return (null, ProcessMemoryAccess.NoPss);
        }
        catch (KernelException e) when (e.IsAbsent && IsThere(process))
        {
            return (null, ProcessMemoryAccess.Full);
        }
    }

    private static (string Name, string? CommandLine) NameAndArguments(KernelDirectory process, ProcessStat stat)
    {
        byte[] bytes = stat.IsKernelThread ? [] : Optional(process, "cmdline", static reader => reader.ReadToEnd().ToArray()) ?? [];
        string name = ProcessName.Complete(stat, bytes);
        Span<byte> arguments = bytes.AsSpan().TrimEnd((byte)0);
        arguments.Replace((byte)0, (byte)' ');
        return (name, arguments.IsEmpty ? null : Encoding.UTF8.GetString(arguments));
    }

    // A file that this kernel lacks or that is denied leaves its properties null; a process that has ended is an error.
    private static T? Optional<T>(KernelDirectory process, string file, Func<KernelReader, T?> parse)
    {
        try
        {
            using KernelReader reader = process.Read(process.Living(file));
            return parse(reader);
        }
        catch (KernelException e) when (e.IsDenied || (e.IsAbsent && IsThere(process)))
        {
            return default;
        }
    }

    private static bool IsThere(KernelDirectory process)
    {
        try
        {
            process.Read("stat").Dispose();
            return true;
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return false;
        }
    }
}
