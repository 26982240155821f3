using System.Globalization;
using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class SmapsFileTests
{
    private const string Full =
        "7f1c5e000000-7f1c5e021000 rw-p 00001000 fe:00 247270                     /usr/bin/cat\n"
        + "Size:                132 kB\nKernelPageSize:        4 kB\nMMUPageSize:           4 kB\nRss:                  12 kB\n"
        + "Pss:                   6 kB\nTHPeligible:           1\nProtectionKey:         3\nVmFlags: rd wr mr mw me ac \n";

    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_key_of_every_captured_machine_is_known(string machine)
    {
        foreach (string file in SmapsOf(machine))
        {
            List<ProcessMemoryMapping> mappings = Parse(File.ReadAllText(file));

            Assert.All(mappings, mapping => Assert.Empty(mapping.Extra));
        }
    }

    [Theory, MemberData(nameof(Machines))]
    public void Sums_agree_with_the_text(string machine)
    {
        foreach (string file in SmapsOf(machine))
        {
            string text = File.ReadAllText(file);
            List<ProcessMemoryMapping> mappings = Parse(text);

            Assert.Equal(SumOf(text, "Size:"), mappings.Sum(m => m.Size));
            Assert.Equal(SumOf(text, "Rss:"), mappings.Sum(m => m.Rss));
            Assert.Equal(SumOf(text, "Pss:"), mappings.Sum(m => m.Pss));
            Assert.Equal(SumOf(text, "Private_Dirty:"), mappings.Sum(m => m.PrivateDirty));
            Assert.Equal(SumOf(text, "Private_Hugetlb:"), mappings.Sum(m => m.PrivateHugetlb));
            Assert.Equal(SumOf(text, "Locked:"), mappings.Sum(m => m.Locked));
        }
    }

    [Fact]
    public void All_that_a_mapping_says_is_taken()
    {
        ProcessMemoryMapping mapping = Assert.Single(Parse(Full));

        Assert.Equal(7, mapping.ProcessId);
        Assert.Equal("cat", mapping.ProcessName);
        Assert.Equal(0x7f1c5e000000UL, mapping.Start);
        Assert.Equal(0x7f1c5e021000UL, mapping.End);
        Assert.Equal(132 * 1024, mapping.Size);
        Assert.Equal("rw-p", mapping.Permissions);
        Assert.Equal((true, true, false, false), (mapping.IsReadable, mapping.IsWritable, mapping.IsExecutable, mapping.IsShared));
        Assert.Equal(0x1000UL, mapping.Offset);
        Assert.Equal("fe:00", mapping.Device);
        Assert.Equal(247270UL, mapping.Inode);
        Assert.Equal("/usr/bin/cat", mapping.Path);
        Assert.Equal(12 * 1024, mapping.Rss);
        Assert.Equal(6 * 1024, mapping.Pss);
        Assert.Null(mapping.Swap);
        Assert.True(mapping.IsThpEligible);
        Assert.Equal(3, mapping.ProtectionKey);
        Assert.Equal(["rd", "wr", "mr", "mw", "me", "ac"], mapping.VmFlags);
    }

    [Fact]
    public void Every_cut_is_noticed_unless_a_mapping_is_whole()
    {
        const string Two = Full + Full;
        List<string> unnoticed = [];
        // Nobody can tell which keys a kernel prints before one mapping is whole.
        for (int length = Full.Length + 1; length < Two.Length - 1; length++)
        {
            try
            {
                Parse(Two[..length]);
                unnoticed.Add(Two[(length - 20)..length]);
            }
            catch (KernelFormatException)
            {
            }
        }

        Assert.Empty(unnoticed);
    }

    [Fact]
    public void Every_size_key_has_the_property_of_its_name()
    {
        foreach (string name in Enum.GetNames<SmapsSize>())
        {
            Assert.NotNull(typeof(ProcessMemoryMapping).GetProperty(name));
        }
    }

    [Fact]
    public void A_key_from_the_future_is_kept_in_Extra()
    {
        ProcessMemoryMapping mapping = Assert.Single(Parse(Full + "Quantum:     3 kB\nQuantumCount:  7\n"));

        Assert.Equal(3072, mapping.Extra["Quantum"]);
        Assert.Equal(7, mapping.Extra["QuantumCount"]);
    }

    [Theory]
    [InlineData("/a b", "/a b", false)]
    [InlineData("/a\\012b", "/a\nb", false)]
    [InlineData("/a\\040b\\", "/a\\040b\\", false)]
    [InlineData("/usr/lib/libx.so (deleted)", "/usr/lib/libx.so", true)]
    [InlineData("/dev/shm/x (deleted)", "/dev/shm/x", true)]
    [InlineData("/memfd:jit (deleted)", "/memfd:jit", false)]
    [InlineData("/SYSV00000000 (deleted)", "/SYSV00000000", false)]
    [InlineData("/dev/zero (deleted)", "/dev/zero", false)]
    [InlineData("/anon_hugepage (deleted)", "/anon_hugepage", false)]
    [InlineData("/drm mm object (deleted)", "/drm mm object", false)]
    public void A_path_is_all_that_stands_in_the_last_column(string column, string path, bool deleted)
    {
        ProcessMemoryMapping mapping = Assert.Single(ParseMaps($"1000-2000 r--p 00000000 fe:00 5          {column}\n"));

        Assert.Equal((path, deleted), (mapping.Path, mapping.IsDeleted));
        Assert.Null(mapping.Label);
    }

    [Theory]
    [InlineData("[anon: my arena]")]
    [InlineData("anon_inode:[perf_event]")]
    public void A_name_that_is_no_path_is_the_label(string name)
    {
        ProcessMemoryMapping mapping = Assert.Single(ParseMaps($"1000-2000 rw-p 00000000 00:00 0          {name}\n"));

        Assert.Equal((null, name), (mapping.Path, mapping.Label));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_become_replacement_characters()
    {
        byte[] text = [.. "1000-2000 r--p 00000000 fe:00 5          /a"u8, 0xFF, (byte)'b', (byte)'\n'];

        Assert.Equal("/a\uFFFDb", Assert.Single(MapsFile.Parse(KernelReader.Over("/proc/7/maps", text), 7, "x")).Path);
    }

    [Theory]
    [InlineData("Rss: 1 kB\n", ":1: expected a hexadecimal number and '-', found 'Rss: 1 kB'")]
    [InlineData("2000-1000 rw-p 00000000 00:00 0\n", ":1: expected a range of addresses, found '2000-1000 rw-p 00000000 00:00 0'")]
    [InlineData("1000-2000 rw-q 00000000 00:00 0\n", ":1: expected rights such as rw-p, found '1000-2000 rw-q 00000000 00:00 0'")]
    [InlineData("1000-2000 rw-p 00000000\n", ":1: expected one more field, found '1000-2000 rw-p 00000000'")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\n", ":2: expected the key Rss, found the end of the file")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\nRss:          9223372036854775807 kB\n", ":2: expected a size that fits 63 bits in bytes, found 'Rss:          9223372036854775807 kB'")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\nRss:          99999999999999999999 kB\n", ":2: expected a whole number of at most 63 bits, found 'Rss:          99999999999999999999 kB'")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\nRss:                   1 MB\n", ":2: expected the unit kB, found 'Rss:                   1 MB'")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\nRss:                   1 kB\nRss:                   1 kB\n", ":3: expected each key once, found 'Rss:                   1 kB'")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\nRss:                   \n", ":2: expected a whole number of at most 63 bits, found 'Rss:                   '")]
    [InlineData("1000-2000 rw-p 00000000 00:00 0\nRss: 1 kB\nPss: 1 kB\n2000-3000 rw-p 00000000 00:00 0\nRss: 1 kB\n", ":6: expected the same keys as in the first mapping, found the end of the file")]
    public void A_garbled_file_is_refused_with_file_line_and_text(string text, string message)
    {
        KernelFormatException error = Assert.Throws<KernelFormatException>(() => Parse(text));

        Assert.Equal("/proc/7/smaps" + message, error.Message);
    }

    [Fact]
    public void An_empty_file_has_no_mappings()
    {
        Assert.Empty(Parse(""));
        Assert.Empty(ParseMaps(""));
    }

    [Fact]
    public void Numbers_that_outgrow_their_column_are_read()
    {
        Assert.Equal(123456789L * 1024, Assert.Single(Parse("1000-2000 rw-p 00000000 00:00 0\nRss:             123456789 kB\n")).Rss);
    }

    [Fact]
    public void Mapping_takes_at_most_600_bytes_of_managed_memory()
    {
        const int count = 60_000;
        using KernelReader reader = KernelReader.Over("/proc/7/smaps", Generate(count, pathEvery: 4));
        long before = GC.GetAllocatedBytesForCurrentThread();

        int read = 0;
        foreach (ProcessMemoryMapping mapping in new MappingClassifier(null, null, ThreadStackPointers.None).Classify(SmapsFile.Parse(reader, 7, "x")))
        {
            read++;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(count, read);
        Assert.InRange(allocated / count, 1, 600);
    }

    [Fact]
    public void The_first_mapping_is_out_before_a_hundredth_of_the_file_is_read()
    {
        using KernelReader reader = KernelReader.Over("/proc/7/smaps", Generate(10_000, pathEvery: 1));
        using IEnumerator<ProcessMemoryMapping> mappings =
            new MappingClassifier(null, null, ThreadStackPointers.None).Classify(SmapsFile.Parse(reader, 7, "x")).GetEnumerator();

        Assert.True(mappings.MoveNext());
        Assert.InRange(reader.LineNumber, 1, 10_000 * 26 / 100);
    }

    [Fact]
    public void A_hundred_thousand_mappings_stream_without_being_kept()
    {
        using KernelReader reader = KernelReader.Over("/proc/7/smaps", Generate(100_000, pathEvery: 3));
        List<WeakReference> seen = [];
        int count = 0;
        foreach (ProcessMemoryMapping mapping in SmapsFile.Parse(reader, 7, "x"))
        {
            if (count++ % 1000 == 0)
            {
                seen.Add(new WeakReference(mapping));
            }
        }
        GC.Collect();

        Assert.Equal(100_000, count);
        Assert.InRange(seen.Count(r => r.IsAlive), 0, 3);
    }

    internal static List<ProcessMemoryMapping> Parse(string text) =>
        [.. SmapsFile.Parse(KernelReader.Over("/proc/7/smaps", Encoding.UTF8.GetBytes(text)), 7, "cat")];

    internal static List<ProcessMemoryMapping> ParseMaps(string text) =>
        [.. MapsFile.Parse(KernelReader.Over("/proc/7/maps", Encoding.UTF8.GetBytes(text)), 7, "cat")];

    private static IEnumerable<string> SmapsOf(string machine) =>
        Directory.GetDirectories(Path.Join(Fixture.PathOf(machine), "proc")).Select(d => Path.Join(d, "smaps")).Where(File.Exists);

    private static long SumOf(string text, string key) =>
        text.Split('\n').Where(line => line.StartsWith(key, StringComparison.Ordinal))
            .Sum(line => long.Parse(line[key.Length..^2].Trim(), CultureInfo.InvariantCulture) * 1024);

    private static byte[] Generate(int count, int pathEvery)
    {
        string details = string.Concat(
            "Size KernelPageSize MMUPageSize Rss Pss Pss_Dirty Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced Anonymous KSM LazyFree AnonHugePages ShmemPmdMapped FilePmdMapped Shared_Hugetlb Private_Hugetlb Swap SwapPss Locked"
            .Split(' ').Select(key => $"{key + ":",-16}{4,8} kB\n")) + "THPeligible:           0\nVmFlags: rd wr mr mw me ac sd \n";
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            ulong start = 0x7f0000000000 + ((ulong)i * 4096);
            string path = i % pathEvery == 0 ? $"                     /var/lib/database/table-{i:D8}.dat" : " ";
            text.Append(CultureInfo.InvariantCulture, $"{start:x}-{start + 4096:x} {(i % 2 == 0 ? "rw-p" : "r--p")} 00000000 fe:00 {(path == " " ? 0 : i)}{path}\n").Append(details);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
