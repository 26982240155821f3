using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One cache of the processor and the CPUs that share it. Source: /sys/devices/system/cpu/cpuN/cache.</summary>
public sealed record CpuCache
{
    private const string Directory = "sys/devices/system/cpu";

    /// <summary>1, 2, 3: the distance from the CPU.</summary>
    public required int Level { get; init; }

    /// <summary>Data, Instruction or Unified.</summary>
    public required string Type { get; init; }

    /// <summary>Bytes in the cache; null where the processor does not tell.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes in one line.</summary>
    public long? LineSize { get; init; }

    /// <summary>Number of places that one line can lie in.</summary>
    public long? Ways { get; init; }

    /// <summary>Number of sets.</summary>
    public long? Sets { get; init; }

    /// <summary>The CPUs that share it.</summary>
    public required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>Every cache once, by level and first CPU.</summary>
    /// <exception cref="KernelException">The directory is absent or denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<CpuCache> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.List(Directory)
            .Select(name => NumaNodes.NumberOf(name, "cpu")).OfType<int>().Order()
            .SelectMany(cpu => ReadCpu(machine, cpu))
            .DistinctBy(cache => (cache.Level, cache.Type, string.Join(',', cache.Cpus)))
            .OrderBy(cache => cache.Level).ThenBy(cache => cache.Cpus[0]);
    }

    private static IEnumerable<CpuCache> ReadCpu(Machine machine, int cpu)
    {
        string caches = $"{Directory}/cpu{cpu}/cache";
        return from name in machine.TryList(caches)
               where NumaNodes.NumberOf(name, "index") is not null
               let cache = ReadCache(machine, $"{caches}/{name}", cpu)
               where cache is not null
               select cache;
    }

    private static CpuCache? ReadCache(Machine machine, string directory, int cpu) =>
        machine.TryReadNumber($"{directory}/level") is long level && machine.TryReadValue($"{directory}/type") is string type
            ? new CpuCache
            {
                Level = (int)Math.Clamp(level, 0, 99),
                Type = type,
                Size = ReadSize(machine, $"{directory}/size"),
                LineSize = machine.TryReadNumber($"{directory}/coherency_line_size"),
                Ways = machine.TryReadNumber($"{directory}/ways_of_associativity"),
                Sets = machine.TryReadNumber($"{directory}/number_of_sets"),
                Cpus = machine.TryReadCpus($"{directory}/shared_cpu_list", $"{directory}/shared_cpu_map") is { Length: > 0 } shared ? new ReadableList<int>(shared) : new ReadableList<int>([cpu]),
            }
            : null;

    // "32K": always in KiB.
    private static long? ReadSize(Machine machine, string path) =>
        machine.TryReadValue(path) is string text && text.EndsWith('K') && long.TryParse(text.AsSpan()[..^1], out long kibibytes) && kibibytes is >= 0 and < 1L << 40
            ? kibibytes << 10
            : null;
}
