using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>The same numbers as jstat of the JDK, of running programs.</summary>
[Collection(nameof(StartsProcesses))]
public class JstatTests
{
    private const string Source = """
        import java.util.*;
        public class Holder {
            static byte[][] kept = new byte[64][];
            public static void main(String[] arguments) throws Exception {
                Random random = new Random(1);
                for (int i = 0; i < 3000; i++) { kept[random.nextInt(64)] = new byte[20000 + random.nextInt(50000)]; }
                System.gc();
                System.out.println("ready");
                Thread.sleep(600000);
            }
        }
        """;

    [Theory]
    [InlineData("Serial")]
    [InlineData("Parallel")]
    [InlineData("G1")]
    [InlineData("Z")]
    public void Agrees_with_jstat(string collector)
    {
        string jstat = Child.Tool("jstat");
        using JavaProgram program = JavaProgram.Start(Source, "Holder", $"-XX:+Use{collector}GC", "-Xmx64m");
        using JavaHeapReader reader = new(Machine.Live);
        string id = program.Id.ToString(CultureInfo.InvariantCulture);

        // A collection, or a class that is loaded, may come in between: then the next try is quiet.
        for (int tries = 0; ; tries++)
        {
            JavaHeap before = reader.Read(program.Id)!;
            Dictionary<string, string> told = Table(Child.Run(jstat, "-gc", id)!);
            Dictionary<string, string> percent = Table(Child.Run(jstat, "-gcutil", id)!);
            JavaHeap heap = reader.Read(program.Id)!;
            if (heap with { Time = before.Time } != before && tries < 20)
            {
                continue;
            }
            Assert.Equal("Holder", heap.MainClass);
            Assert.Equal(collector, heap.Collector);
            Assert.Equal(told.Where(pair => pair.Key != "GCT"), Sizes(heap, told.Keys));
            Assert.Equal(percent.Where(pair => pair.Key is "S0" or "S1" or "E" or "O" or "M" or "CCS"), Percentages(heap, percent.Keys));
            Assert.InRange(heap.TotalTime!.Value.TotalSeconds - double.Parse(told["GCT"], CultureInfo.InvariantCulture), -0.001, 0.001);
            return;
        }
    }

    [Fact]
    public void A_full_collection_tells_what_it_left_until_a_younger_one_comes()
    {
        using JavaProgram program = JavaProgram.Start(Source, "Holder", "-XX:+UseSerialGC", "-Xmx64m");
        using JavaHeapReader reader = new(Machine.Live);

        JavaHeap heap = reader.Read(program.Id)!;

        Assert.True(heap.FullCollections >= 1);
        Assert.Equal(heap.OldUsed, heap.OldAfterFullCollection);
        // What the program keeps, 64 arrays of 45 kB.
        Assert.InRange(heap.OldUsed!.Value, 64 * 20_000, 64 * 90_000);
    }

    [Fact]
    public void A_JVM_that_publishes_nothing_is_not_seen()
    {
        using JavaProgram program = JavaProgram.Start(Source, "Holder", "-XX:-UsePerfData", "-Xmx64m");
        using JavaHeapReader reader = new(Machine.Live);

        Assert.Null(reader.Read(program.Id));
    }

    // Somebody may put a file with a process's id there: it is not mapped by that process.
    [Fact]
    public void A_file_that_the_process_has_not_mapped_is_not_believed()
    {
        string folder = Path.Join("/tmp", $"hsperfdata_linuxmemory{Environment.ProcessId}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            using Process sleep = Process.Start("sleep", "60");
            File.WriteAllBytes(Path.Join(folder, sleep.Id.ToString(CultureInfo.InvariantCulture)), Fixtures.PerfDataCapture.Bytes("Serial"));
            using JavaHeapReader reader = new(Machine.Live);

            JavaHeap? heap = reader.Read(sleep.Id);
            sleep.Kill();
            sleep.WaitForExit();

            Assert.Null(heap);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_that_belongs_to_somebody_else_or_that_others_may_write_is_not_believed()
    {
        string chown = Child.Tool("chown");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "giving a file away needs root");
        using JavaProgram program = JavaProgram.Start(Source, "Holder", "-XX:+UseSerialGC", "-Xmx64m");
        using JavaHeapReader reader = new(Machine.Live);
        string file = Assert.Single(Directory.GetFiles("/tmp", program.Id.ToString(CultureInfo.InvariantCulture), new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }),
            path => path.Contains("/hsperfdata_", StringComparison.Ordinal));
        UnixFileMode mode = File.GetUnixFileMode(file);

        Assert.NotNull(reader.Read(program.Id));
        File.SetUnixFileMode(file, mode | UnixFileMode.OtherWrite);
        Assert.Null(reader.Read(program.Id));
        File.SetUnixFileMode(file, mode);
        Assert.NotNull(reader.Read(program.Id));
        Assert.NotNull(Child.Run(chown, "65534", file));
        Assert.Null(reader.Read(program.Id));
    }

    // A process with a root directory and process ids of its own, as in a container.
    [Fact]
    public void A_JVM_in_a_container_is_read_from_its_own_tmp_by_its_own_id()
    {
        string unshare = Child.Tool("unshare");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "namespaces need root");
        using JavaProgram program = JavaProgram.StartIn(unshare, Source, "Holder", "-XX:+UseSerialGC", "-Xmx64m");
        using JavaHeapReader reader = new(Machine.Live);

        int[] children = [.. ProcessChildren.Of(Machine.Live, program.Id).Prepend(program.Id)];
        JavaHeap heap = Assert.Single(children.Select(reader.Read).OfType<JavaHeap>());

        Assert.Equal("Holder", heap.MainClass);
        Assert.NotEqual(1, heap.Id);
    }

    private static Dictionary<string, string> Table(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        char[] blanks = [' '];
        return lines[0].Split(blanks, StringSplitOptions.RemoveEmptyEntries)
            .Zip(lines[1].Split(blanks, StringSplitOptions.RemoveEmptyEntries)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static IEnumerable<KeyValuePair<string, string>> Sizes(JavaHeap heap, IEnumerable<string> columns) =>
        columns.Where(column => column != "GCT").Select(column => KeyValuePair.Create(column, column switch
        {
            "S0C" => Kibibytes(heap.Survivor0Capacity),
            "S1C" => Kibibytes(heap.Survivor1Capacity),
            "S0U" => Kibibytes(heap.Survivor0Used),
            "S1U" => Kibibytes(heap.Survivor1Used),
            "EC" => Kibibytes(heap.EdenCapacity),
            "EU" => Kibibytes(heap.EdenUsed),
            "OC" => Kibibytes(heap.OldCapacity),
            "OU" => Kibibytes(heap.OldUsed),
            "MC" => Kibibytes(heap.MetaspaceCapacity),
            "MU" => Kibibytes(heap.MetaspaceUsed),
            "CCSC" => Kibibytes(heap.CompressedClassCapacity),
            "CCSU" => Kibibytes(heap.CompressedClassUsed),
            "YGC" => Count(heap.YoungCollections),
            "YGCT" => Seconds(heap.YoungTime),
            "FGC" => Count(heap.FullCollections),
            "FGCT" => Seconds(heap.FullTime),
            "CGC" => Count(heap.ConcurrentCollections),
            "CGCT" => Seconds(heap.ConcurrentTime),
            _ => "a column that this test does not know",
        }));

    private static IEnumerable<KeyValuePair<string, string>> Percentages(JavaHeap heap, IEnumerable<string> columns) =>
        columns.Where(column => column is "S0" or "S1" or "E" or "O" or "M" or "CCS").Select(column => KeyValuePair.Create(column, Percent(column switch
        {
            "S0" => heap.Survivor0UsedPercent,
            "S1" => heap.Survivor1UsedPercent,
            "E" => heap.EdenUsedPercent,
            "O" => heap.OldUsedPercent,
            "M" => heap.MetaspaceUsedPercent,
            _ => heap.CompressedClassUsedPercent,
        })));

    private static string Kibibytes(long? bytes) => bytes is null ? "-" : (bytes.Value / 1024.0).ToString("F1", CultureInfo.InvariantCulture);

    private static string Count(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Seconds(TimeSpan? time) => time is null ? "-" : time.Value.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);

    private static string Percent(double? percent) => percent is null ? "-" : percent.Value.ToString("F2", CultureInfo.InvariantCulture);
}
