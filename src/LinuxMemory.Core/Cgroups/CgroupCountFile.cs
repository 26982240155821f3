using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A file of a cgroup with names and numbers, such as memory.stat or memory.events: "oom_kill 4", a line a name. Sizes in it are bytes.</summary>
public static class CgroupCountFile
{
    // 130 lines in 6.18; a garbled file must not fill memory.
    private const int Most = 4096;

    /// <summary>The numbers in the file's text by their names, which are found also as properties are written: OomKill is oom_kill.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyDictionary<string, long> Parse(KernelReader reader)
    {
        Dictionary<string, long> counts = CgroupCounts.Empty();
        Parse(reader, counts, new LineNames());
        return counts;
    }

    /// <summary>Adds the numbers in the file's text; each name gets the prefix before it.</summary>
    internal static void Parse(KernelReader reader, Dictionary<string, long> counts, LineNames names, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (reader.ReadLine(out KernelLine line))
        {
            string name = prefix + names.Of(line.TakeField(), line.Number);
            ulong value = line.TakeUInt64();
            counts[name] = value <= long.MaxValue && line.IsAtEnd && counts.Count < Most ? (long)value : throw line.Malformed("a name and a number of at most 63 bits");
        }
    }

    /// <summary>One number of the file's text; null when it does not have it.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static long? Find(KernelReader reader, ReadOnlySpan<byte> name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.TakeField().SequenceEqual(name))
            {
                return line.TakeUInt64() is <= long.MaxValue and ulong value ? (long)value : throw line.Malformed("a number of at most 63 bits");
            }
        }
        return null;
    }
}

/// <summary>The names in files of one kind, by line: the groups of a tree all have the same, so that each is made once.</summary>
internal sealed class LineNames
{
    private readonly string?[] _names = new string?[256];

    public string Of(ReadOnlySpan<byte> name, int line)
    {
        ref string? known = ref _names[line & 255];
        if (known is null || !Ascii.Equals(name, known))
        {
            known = Encoding.UTF8.GetString(name);
        }
        return known;
    }
}
