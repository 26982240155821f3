using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Finds and reads the counters of Java processes: /tmp/hsperfdata_USER/PID, where a process in a container has its own /tmp and the
/// id that it has in there. Such a file is only believed when the process itself has it mapped and its owner owns it.
/// </summary>
public sealed class JavaHeapReader : IDisposable
{
    private const string DirectoryBeginning = "hsperfdata_";

    private readonly Machine _machine;
    private readonly DateTimeOffset? _boot;
    private readonly Dictionary<string, PerfDataDirectories?> _places = [];

    /// <summary>Makes a reader.</summary>
    /// <exception cref="KernelException">The machine's stat file is denied.</exception>
    /// <exception cref="KernelFormatException">The time of boot is garbled.</exception>
    public JavaHeapReader(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        DateTimeOffset? boot = BootTime.Read(machine);
        _boot = machine.IsLive ? boot?.ToLocalTime() : boot;
    }

    /// <summary>The heap of a process; null when it publishes no counters, as what is no Java process does.</summary>
    /// <exception cref="KernelException">The process has ended, or its files are denied.</exception>
    /// <exception cref="KernelFormatException">Its counters are cut, garbled or crafted, or the JVM is still starting.</exception>
    public JavaHeap? Read(int id)
    {
        using KernelDirectory process = ProcessList.Open(_machine, id);
        ProcessStat stat = ProcessStatFile.Read(process);
        if (stat.IsKernelThread || stat.IsZombie || Place(process, id) is not PerfDataDirectories place)
        {
            return null;
        }
        string own = _machine.IsLive ? NamespaceId(process, id) : id.ToString(CultureInfo.InvariantCulture);
        using KernelReader? reader = place.Open(own, _machine.IsLive ? ProcessStatusFile.Read(process) : null, directory => !_machine.IsLive || Maps(process, $"/{directory}/{own}"));
        return reader is null ? null : JavaHeap.From(
            PerfDataFile.Parse(reader), id, _boot is DateTimeOffset boot ? BootTime.Plus(boot, stat.StartTicks) : null, _machine.TimeOf("proc/stat"));
    }

    /// <summary>Gives the directories back.</summary>
    public void Dispose()
    {
        foreach (PerfDataDirectories? place in _places.Values)
        {
            place?.Dispose();
        }
    }

    // Processes of one container share a /tmp, which may be large: it is listed once.
    private PerfDataDirectories? Place(KernelDirectory process, int id)
    {
        string key = _machine.IsLive ? $"{process.ReadLink(process.Living("ns/mnt"))} {process.ReadLink(process.Living("root"))}" : "";
        if (!_places.TryGetValue(key, out PerfDataDirectories? place))
        {
            _places[key] = place = PerfDataDirectories.Find(_machine, process.LivingThread ?? id, DirectoryBeginning);
        }
        return place;
    }

    /// <summary>The last number of "NSpid:	4711	1": the id in the innermost namespace. Since 4.1; before, the id itself.</summary>
    private static string NamespaceId(KernelDirectory process, int id)
    {
        using KernelReader reader = process.Read("status");
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("NSpid:"u8))
            {
                int own = id;
                while (!line.IsAtEnd)
                {
                    own = line.TakeInt32();
                }
                return own.ToString(CultureInfo.InvariantCulture);
            }
        }
        return id.ToString(CultureInfo.InvariantCulture);
    }

    // A file that a JVM with the same id left behind, or that somebody made, is not mapped.
    private static bool Maps(KernelDirectory process, string ending)
    {
        using KernelReader reader = process.Read(process.Living("maps"));
        return MapsFile.Parse(reader, 0, "").Any(mapping => mapping.IsShared && mapping.Path?.EndsWith(ending, StringComparison.Ordinal) == true);
    }
}
