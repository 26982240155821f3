using System.Buffers.Text;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/PID/numa_maps: "7fdb71400000 default file=/anon_hugepage\040(deleted) huge anon=4 dirty=4 N0=4 kernelpagesize_kB=2048", a line
/// a mapping. Pages of huge page pools count as one each; the kernel does not say here what is a transparent huge page.
/// </summary>
public static class NumaMapsFile
{
    // Far more than MAX_NUMNODES of any kernel: a garbled number must not fill memory.
    private const int MostNodes = 4096;

    /// <summary>Reads the file of a process whose directory is held open, with what each mapping is to the program.</summary>
    /// <exception cref="KernelException">The process has ended, it is denied, or the kernel was built without NUMA.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IReadOnlyList<ProcessNumaMapping> Read(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        ProcessStat stat = ProcessStatFile.Read(process);
        string name = ProcessName.Read(process, stat);
        using KernelReader reader = process.Read(process.Living("numa_maps"));
        List<ProcessNumaMapping> found = [.. Parse(reader, stat.Id, name)];
        Dictionary<ulong, ProcessMemoryMapping> mappings = [];
        foreach (ProcessMemoryMapping mapping in ProcessMemoryMap.Read(process, stat, name, fast: true))
        {
            mappings.TryAdd(mapping.Start, mapping);
        }
        return [.. found.Select(row => mappings.TryGetValue(row.Start, out ProcessMemoryMapping? mapping) ? row with { End = mapping.End, Kind = mapping.Kind } : row)];
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<ProcessNumaMapping> Parse(KernelReader reader, int processId, string processName)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (ReadOne(reader, processId, processName) is ProcessNumaMapping mapping)
        {
            yield return mapping;
        }
    }

    private static ProcessNumaMapping? ReadOne(KernelReader reader, int processId, string processName)
    {
        if (!reader.ReadLine(out KernelLine line))
        {
            return null;
        }
        ulong start = line.TakeHex();
        string policy = line.TakeText();
        // The only policies whose names have a blank.
        if (policy is "weighted" || (policy is "prefer" && line.TrySkip("(many)"u8)))
        {
            policy = policy is "prefer" ? "prefer (many)" + line.TakeText() : "weighted " + line.TakeText();
        }
        string? path = null;
        long? pageSize = null;
        List<long> pages = [];
        ReadableCounts counts = [];
        while (!line.IsAtEnd)
        {
            line.SkipBlanks();
            if (line.TrySkip("file="u8))
            {
                path = line.TakePath();
                continue;
            }
            ReadOnlySpan<byte> field = line.TakeField();
            int equal = field.IndexOf((byte)'=');
            if (equal < 0)
            {
                continue;
            }
            ReadOnlySpan<byte> key = field[..equal];
            if (!Utf8Parser.TryParse(field[(equal + 1)..], out long value, out int length) || length != field.Length - equal - 1 || value < 0)
            {
                throw line.Malformed($"a number behind {Encoding.UTF8.GetString(key)}=");
            }
            if (key.SequenceEqual("kernelpagesize_kB"u8))
            {
                pageSize = value is > 0 and <= (long.MaxValue >> 10) ? value << 10 : throw line.Malformed("a page size that fits 63 bits in bytes");
            }
            else if (key.Length > 1 && key[0] == 'N' && Utf8Parser.TryParse(key[1..], out int node, out length) && length == key.Length - 1)
            {
                Put(pages, node is >= 0 and < MostNodes ? node : throw line.Malformed("the number of a node"), value);
            }
            else
            {
                counts[Encoding.UTF8.GetString(key)] = value;
            }
        }
        long size = pageSize ?? 4096;
        if (pages.Exists(count => count > long.MaxValue / size / MostNodes))
        {
            throw line.Malformed("numbers of pages that fit 63 bits in bytes");
        }
        return new ProcessNumaMapping
        {
            ProcessId = processId,
            ProcessName = processName,
            Start = start,
            Policy = policy,
            Path = path?.EndsWith(" (deleted)", StringComparison.Ordinal) == true ? path[..^" (deleted)".Length] : path,
            PageSize = pageSize,
            PagesByNode = new ReadableList<long>(pages),
            BytesByNode = new ReadableList<long>([.. pages.Select(count => count * size)]),
            Counts = counts,
        };
    }

    private static void Put(List<long> pages, int node, long count)
    {
        while (pages.Count <= node)
        {
            pages.Add(0);
        }
        pages[node] = count;
    }

    /// <summary>Adds the mappings of one process up.</summary>
    public static ProcessNumaSummary Summarize(int processId, string name, IEnumerable<ProcessNumaMapping> mappings) =>
        new() { Id = processId, Name = name, BytesByNode = BytesByNode(mappings) };

    /// <summary>Adds up what is on each node.</summary>
    internal static IReadOnlyList<long> BytesByNode(IEnumerable<ProcessNumaMapping> mappings)
    {
        List<decimal> sums = [];
        foreach (IReadOnlyList<long> bytes in mappings.Select(mapping => mapping.BytesByNode))
        {
            sums.AddRange(Enumerable.Repeat(0m, Math.Max(0, bytes.Count - sums.Count)));
            for (int node = 0; node < bytes.Count; node++)
            {
                sums[node] += bytes[node];
            }
        }
        // The text of a tree can claim anything.
        return new ReadableList<long>([.. sums.Select(sum => (long)Math.Min(sum, long.MaxValue / MostNodes))]);
    }
}
