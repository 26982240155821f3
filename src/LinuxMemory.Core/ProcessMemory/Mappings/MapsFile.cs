using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/PID/maps: a line a mapping, "5581-5582 r--p 00000000 fe:00 247270   /usr/bin/cat". It costs the process next to nothing.</summary>
public static class MapsFile
{
    /// <summary>Reads the mappings one by one; a process without memory of its own has none. Their Kind is not yet known.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<ProcessMemoryMapping> Parse(KernelReader reader, int processId, string processName) =>
        ReadAll(new MappingReader(reader, processId, processName, detailed: false));

    internal static IEnumerable<ProcessMemoryMapping> ReadAll(MappingReader reader)
    {
        while (reader.Read() is ProcessMemoryMapping mapping)
        {
            yield return mapping;
        }
    }
}
