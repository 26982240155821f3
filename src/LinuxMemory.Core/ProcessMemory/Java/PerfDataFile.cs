using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /tmp/hsperfdata_USER/PID, the counters that a HotSpot JVM keeps in a file that it maps. A header of 32 bytes, then entries: a name
/// such as "sun.gc.generation.1.space.0.used" and a 64-bit number or a text. Version 2, of Java 5 and later. Source: perfMemory.hpp
/// and PerfDataBuffer.java of OpenJDK. The file belongs to another program: every offset in it is checked.
/// </summary>
public static class PerfDataFile
{
    private const uint Magic = 0xCAFEC0C0;
    private const int HeaderSize = 32;
    private const int EntryHeaderSize = 20;
    private const byte LittleEndian = 1;
    private const byte Version = 2;
    private const byte LongType = (byte)'J';
    private const byte ByteType = (byte)'B';

    /// <summary>Reads the file's counters.</summary>
    /// <exception cref="KernelFormatException">It is cut, garbled or crafted, or the JVM has not filled it in yet.</exception>
    public static PerfData Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ReadOnlySpan<byte> file = reader.ReadToEnd();
        string name = reader.Name;
        if (file.Length < HeaderSize)
        {
            throw Malformed(name, 0, $"a header of {HeaderSize} bytes", $"{file.Length} bytes");
        }
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(file);
        bool little = file[4] == LittleEndian;
        if (magic != Magic || file[4] > LittleEndian)
        {
            throw Malformed(name, 0, "the mark CAFEC0C0 and a byte order", Convert.ToHexString(file[..5]));
        }
        if (file[5] != Version)
        {
            throw Malformed(name, 5, $"version {Version}", $"version {file[5]}");
        }
        if (file[7] == 0)
        {
            throw Malformed(name, 7, "a JVM that has started", "one that is still starting");
        }
        return new PerfData(name, Entries(name, file, little));
    }

    private static Dictionary<string, object> Entries(string file, ReadOnlySpan<byte> bytes, bool little)
    {
        Dictionary<string, object> counters = [];
        long at = Int32(bytes[24..], little);
        int count = Int32(bytes[28..], little);
        if (count < 0 || count > bytes.Length / EntryHeaderSize)
        {
            throw Malformed(file, 28, "a number of entries that fits into the file", $"{count}");
        }
        for (int i = 0; i < count; i++)
        {
            if (at < HeaderSize || at > bytes.Length - EntryHeaderSize)
            {
                throw Malformed(file, at, "an entry inside of the file", "an offset outside");
            }
            int length = Int32(bytes[(int)at..], little);
            if (length < EntryHeaderSize || length > bytes.Length - at)
            {
                throw Malformed(file, at, "the length of an entry", $"{length}");
            }
            Add(counters, file, at, bytes.Slice((int)at, length), little);
            at += length;
        }
        return counters;
    }

    private static void Add(Dictionary<string, object> counters, string file, long at, ReadOnlySpan<byte> entry, bool little)
    {
        int nameOffset = Int32(entry[4..], little);
        int vector = Int32(entry[8..], little);
        byte type = entry[12];
        int dataOffset = Int32(entry[16..], little);
        if (nameOffset < EntryHeaderSize || nameOffset >= entry.Length || dataOffset < EntryHeaderSize || dataOffset > entry.Length || vector < 0)
        {
            throw Malformed(file, at, "a name and a value inside of the entry", $"offsets {nameOffset} and {dataOffset}, length {vector}");
        }
        ReadOnlySpan<byte> name = entry[nameOffset..];
        int end = name.IndexOf((byte)0);
        if (end <= 0)
        {
            throw Malformed(file, at + nameOffset, "a name that ends in a NUL", "none");
        }
        ReadOnlySpan<byte> data = entry[dataOffset..];
        object? value = null;
        if (type == LongType && vector == 0)
        {
            value = data.Length >= sizeof(long) ? Int64(data, little) : throw Malformed(file, at + dataOffset, "a number of 8 bytes", $"{data.Length} bytes");
        }
        else if (type == ByteType && vector > 0)
        {
            value = data.Length >= vector ? Text(data[..vector]) : throw Malformed(file, at + dataOffset, $"a text of {vector} bytes", $"{data.Length} bytes");
        }
        // Other types are for nothing that we read.
        if (value is not null)
        {
            counters.TryAdd(Encoding.UTF8.GetString(name[..end]), value);
        }
    }

    private static string Text(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? data : data[..end]);
    }

    private static int Int32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt32BigEndian(bytes);

    private static long Int64(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes);

    private static KernelFormatException Malformed(string file, long at, string expected, string found) =>
        new(file, 1, $"{expected} at byte {at}", found);
}
