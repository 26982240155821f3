using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class PerfDataFileTests
{
    private const int Mutations = 50_000;

    public static TheoryData<string> Collectors => [.. PerfDataCapture.Collectors];

    [Theory]
    [MemberData(nameof(Collectors))]
    public void Reads_the_counters_of_each_collector(string collector)
    {
        PerfData counters = Parse(PerfDataCapture.Bytes(collector));

        Assert.Equal("Heap 20000", counters.Text("sun.rt.javaCommand"));
        Assert.Equal("17.0.15", counters.Text("java.property.java.version"));
        Assert.Equal(1_000_000_000, counters.Number("sun.os.hrt.frequency"));
        Assert.Equal(collector, JavaHeap.From(counters, 1, null, default).Collector);
        Assert.True(counters.Names.Count > 50);
    }

    // jstat -gc and -gcutil of this file: OC 43712.0, OU 4600.3, EC 17472.0, EU 5880.5, S0C 2176.0, MC 320.0, MU 133.7, YGC 7, YGCT 0.007, FGC 1, FGCT 0.001, O 10.52, E 33.66.
    [Fact]
    public void Says_what_jstat_said_of_the_serial_collector()
    {
        JavaHeap heap = JavaHeap.From(Parse(PerfDataCapture.Bytes("Serial")), 4711, null, default);

        Assert.Equal(("Heap", "Serial"), (heap.MainClass, heap.Collector));
        Assert.Equal((43712L * 1024, 4710664L), (heap.OldCapacity, heap.OldUsed));
        Assert.Equal((17472L * 1024, 6021632L), (heap.EdenCapacity, heap.EdenUsed));
        Assert.Equal((2176L * 1024, 0L), (heap.Survivor0Capacity, heap.Survivor0Used));
        Assert.Equal((320L * 1024, 136864L), (heap.MetaspaceCapacity, heap.MetaspaceUsed));
        Assert.Equal((7L, 1L), (heap.YoungCollections, heap.FullCollections));
        Assert.Equal(TimeSpan.FromTicks(65086), heap.YoungTime);
        Assert.Equal(TimeSpan.FromTicks(10609), heap.FullTime);
        Assert.Equal("10.52 33.66", FormattableString.Invariant($"{heap.OldUsedPercent:F2} {heap.EdenUsedPercent:F2}"));
        Assert.Null(heap.ConcurrentCollections);
        Assert.Equal(heap.OldUsed, heap.OldAfterFullCollection);
    }

    [Fact]
    public void ZGC_has_no_young_generation_and_keeps_the_heap_in_Old()
    {
        JavaHeap heap = JavaHeap.From(Parse(PerfDataCapture.Bytes("Z")), 4711, null, default);

        Assert.Null(heap.Eden);
        Assert.Null(heap.YoungCollections);
        Assert.Null(heap.FullCollections);
        Assert.Null(heap.OldAfterFullCollection);
        Assert.Equal((65536L * 1024, 4096L * 1024, 30L), (heap.OldCapacity, heap.OldUsed, heap.ConcurrentCollections));
    }

    [Fact]
    public void Old_after_a_full_collection_is_unknown_when_a_younger_one_came_later() =>
        Assert.Null(JavaHeap.From(Parse(PerfDataCapture.Bytes("G1")), 4711, null, default).OldAfterFullCollection);

    public static TheoryData<string, int, int> Hostile => new()
    {
        { "another mark", 0, 0 },
        { "a byte order that there is not", 4, 7 },
        { "another version", 5, 1 },
        { "a JVM that is starting", 7, 0 },
        { "entries behind the end", 24, int.MaxValue },
        { "entries before the beginning", 24, -32 },
        { "entries in the header", 24, 0 },
        { "more entries than fit", 28, int.MaxValue },
        { "fewer than no entries", 28, -1 },
        { "an entry without length", -0, 0 },
        { "an entry longer than the file", -1, int.MaxValue },
        { "a name before its entry", -2, -4 },
        { "a name behind its entry", -3, int.MaxValue },
        { "a vector without end", -4, int.MaxValue },
        { "a value before its entry", -5, -8 },
        { "a value behind its entry", -6, int.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_crafted_file_is_refused(string what, int place, int value)
    {
        byte[] file = PerfDataCapture.Bytes("Serial");
        // The first entry is a number; the negative places are fields of it.
        int entry = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24));
        int at = what.StartsWith("an entry without", StringComparison.Ordinal) ? entry : place >= 0 ? place : entry + (place switch { -1 => 0, -2 or -3 => 4, -4 => 8, _ => 16 });
        if (at is >= 4 and < 8)
        {
            file[at] = (byte)value;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }
        if (place == -4)
        {
            // As a text, whose length it is.
            file[entry + 12] = (byte)'B';
        }

        KernelFormatException refused = Assert.Throws<KernelFormatException>(() => Parse(file));

        Assert.Contains("byte", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_or_was_long_enough()
    {
        byte[] file = PerfDataCapture.Bytes("G1");
        int used = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));

        for (int length = 0; length < used - 8; length += 7)
        {
            Assert.Throws<KernelFormatException>(() => Parse(file[..length]));
        }
    }

    [Fact]
    public void A_file_of_a_big_endian_machine_is_read()
    {
        PerfData counters = Parse(Made(bigEndian: true, ("sun.gc.metaspace.used", 4711), ("sun.gc.metaspace.capacity", 8192)));

        Assert.Equal(4711, counters.Number("sun.gc.metaspace.used"));
    }

    [Fact]
    public void A_negative_size_is_no_size()
    {
        PerfData counters = Parse(Made(bigEndian: false, ("sun.gc.metaspace.used", -1), ("sun.gc.metaspace.capacity", 8192)));

        Assert.Throws<KernelFormatException>(() => JavaHeap.From(counters, 1, null, default));
    }

    [Fact]
    public void A_time_beyond_the_calendar_is_no_time()
    {
        PerfData counters = Parse(Made(bigEndian: false, ("sun.os.hrt.frequency", 1), ("sun.gc.collector.0.time", long.MaxValue)));

        Assert.Throws<KernelFormatException>(() => JavaHeap.From(counters, 1, null, default));
    }

    [Fact]
    public void Fifty_thousand_damaged_files_give_an_object_or_the_typed_exception()
    {
        byte[][] files = [.. PerfDataCapture.Collectors.Select(PerfDataCapture.Bytes)];
        int seed = Environment.TickCount;
        Parallel.For(0, 8, part =>
        {
            Random random = new(seed + part);
            for (int i = 0; i < Mutations / 8; i++)
            {
                byte[] damaged = Damage(files[random.Next(files.Length)], random);
                try
                {
                    JavaHeap.From(Parse(damaged), 1, null, default);
                }
                catch (KernelFormatException)
                {
                    // It says what is wrong.
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}, part {part}, mutation {i}: {e}");
                }
            }
        });
    }

    // Numbers in the header and in the entries, where they hurt, and any bytes anywhere.
    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] damaged = (byte[])file.Clone();
        int[] wild = [0, -1, 1, 19, 20, 32, int.MaxValue, int.MinValue, damaged.Length, damaged.Length - 1, damaged.Length - 20];
        for (int left = random.Next(1, 5); left > 0; left--)
        {
            int at = random.Next(3) == 0 ? random.Next(32 / 4) * 4 : random.Next(damaged.Length / 4) * 4;
            switch (random.Next(4))
            {
                case 0:
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at > 4:
                    BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(at), wild[random.Next(wild.Length)]);
                    break;
                case 2:
                    random.NextBytes(damaged.AsSpan(at, Math.Min(random.Next(1, 16), damaged.Length - at)));
                    break;
                default:
                    return damaged[..random.Next(damaged.Length)];
            }
        }
        return damaged;
    }

    private static PerfData Parse(byte[] file)
    {
        using KernelReader reader = KernelReader.Over("tmp/hsperfdata_x/1", file);
        return PerfDataFile.Parse(reader);
    }

    private static byte[] Made(bool bigEndian, params (string Name, long Value)[] counters)
    {
        using MemoryStream file = new();
        void Int32(int value)
        {
            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, bigEndian ? value : BinaryPrimitives.ReverseEndianness(value));
            file.Write(bytes);
        }
        file.Write([0xCA, 0xFE, 0xC0, 0xC0, (byte)(bigEndian ? 0 : 1), 2, 0, 1]);
        Array.ForEach([0, 0, 0, 0, 32, counters.Length], Int32);
        foreach ((string name, long value) in counters)
        {
            byte[] text = new byte[(name.Length + 8) & ~7];
            Encoding.ASCII.GetBytes(name, text);
            Array.ForEach([20 + 4 + text.Length + 8, 24, 0], Int32);
            file.Write([(byte)'J', 0, 1, 1]);
            Array.ForEach([24 + text.Length, 0], Int32);
            file.Write(text);
            byte[] number = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(number, bigEndian ? value : BinaryPrimitives.ReverseEndianness(value));
            file.Write(number);
        }
        return file.ToArray();
    }
}
