using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/PID/smaps: for each mapping a line as in maps, "5581-5582 r--p 00000000 fe:00 247270   /usr/bin/cat", and lines such as
/// "Rss:     892 kB" that count its pages. Reading it walks the page tables and holds up the process's own mmap calls meanwhile.
/// </summary>
public static class SmapsFile
{
    /// <summary>Reads the mappings one by one; a process without memory of its own has none. Their Kind is not yet known.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<ProcessMemoryMapping> Parse(KernelReader reader, int processId, string processName) =>
        MapsFile.ReadAll(new MappingReader(reader, processId, processName, detailed: true));
}
