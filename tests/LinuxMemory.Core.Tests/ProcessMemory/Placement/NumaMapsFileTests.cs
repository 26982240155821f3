using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class NumaMapsFileTests
{
    [Fact]
    public void Pages_of_huge_page_pools_count_by_their_own_size()
    {
        Machine machine = Fixture.Machine("6.12.117+deb12-amd64-hugepages");
        using KernelDirectory process = ProcessList.Open(machine, 221);
        IReadOnlyList<ProcessNumaMapping> numa = NumaMapsFile.Read(process);
        Dictionary<ulong, ProcessMemoryMapping> smaps = ProcessMemoryMap.Read(process).ToDictionary(mapping => mapping.Start);

        ProcessNumaMapping gigantic = Assert.Single(numa, mapping => mapping.PageSize == 1 << 30);
        Assert.Equal((ProcessMemoryKind.HugePage, 1L, 1L << 30), (gigantic.Kind, gigantic.PagesByNode[0], gigantic.BytesByNode[0]));
        Assert.Equal("/anon_hugepage", gigantic.Path);
        // What is in memory agrees with smaps for each mapping, huge ones included.
        Assert.All(numa.Where(mapping => smaps[mapping.Start].Kind is not (ProcessMemoryKind.Vvar or ProcessMemoryKind.Vdso)), mapping =>
            Assert.Equal(smaps[mapping.Start].Rss + smaps[mapping.Start].PrivateHugetlb + smaps[mapping.Start].SharedHugetlb, mapping.BytesByNode.Sum()));
        Assert.Contains(numa, mapping => mapping.Kind == ProcessMemoryKind.HugePage && mapping.PagesByNode.Count == 0 && mapping.PageSize is null);
    }

    [Fact]
    public void A_mapping_ends_where_maps_says_and_nowhere_when_that_does_not_know_it()
    {
        string copy = Fixture.Copy("6.12.117+deb12-amd64-hugepages");
        try
        {
            string numaMaps = Path.Join(copy, "proc/221/numa_maps");
            File.WriteAllText(numaMaps, File.ReadAllText(numaMaps) + "7fffffff0000 default\n");
            using KernelDirectory process = ProcessList.Open(Machine.At(copy), 221);
            Dictionary<ulong, ulong> ends = ProcessMemoryMap.Read(process, fast: true).ToDictionary(mapping => mapping.Start, mapping => mapping.End);

            IReadOnlyList<ProcessNumaMapping> numa = NumaMapsFile.Read(process);

            Assert.All(numa.SkipLast(1), mapping => Assert.Equal(ends[mapping.Start], mapping.End));
            Assert.Equal((0x7fffffff0000UL, null, null), (numa[^1].Start, numa[^1].End, numa[^1].Kind));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void A_summary_adds_up_each_node()
    {
        Machine machine = Fixture.Machine("6.12.117+deb12-amd64-numa2");
        using KernelDirectory process = ProcessList.Open(machine, 1);
        IReadOnlyList<ProcessNumaMapping> numa = NumaMapsFile.Read(process);

        ProcessNumaSummary summary = NumaMapsFile.Summarize(1, "init", numa);

        Assert.Equal(2, summary.BytesByNode.Count);
        Assert.Equal(numa.Sum(mapping => mapping.BytesByNode.Sum()), summary.Total);
        Assert.Equal(1, summary.MainNode);
        Assert.InRange(summary.MainNodePercent!.Value, 50, 100);
    }

    [Theory]
    [InlineData("7f00 bind:0-1 anon=3 dirty=3 N0=1 N1=2 kernelpagesize_kB=4", "bind:0-1", 3 * 4096)]
    [InlineData("7f00 prefer (many):0,2 N2=1 kernelpagesize_kB=64", "prefer (many):0,2", 65536)]
    [InlineData("7f00 weighted interleave:0-1 N0=1 kernelpagesize_kB=4", "weighted interleave:0-1", 4096)]
    [InlineData("7f00 interleave=static:0-1 heap anon=1 N0=1 kernelpagesize_kB=4", "interleave=static:0-1", 4096)]
    [InlineData("7f00 default file=/srv/a\\040N0=9 mapped=1 N0=1 kernelpagesize_kB=4", "default", 4096)]
    [InlineData("7f00 default", "default", 0)]
    public void Every_policy_is_read(string line, string policy, long bytes)
    {
        ProcessNumaMapping mapping = Assert.Single(Parse(line));

        Assert.Equal((0x7f00UL, policy, bytes), (mapping.Start, mapping.Policy, mapping.BytesByNode.Sum()));
    }

    [Theory]
    [InlineData("7f00 default file=/anon_hugepage\\040(deleted) huge anon=4 dirty=4 N0=1 N1=3 kernelpagesize_kB=2048", "1, 3", "2097152, 6291456")]
    [InlineData("7f00 bind:1 huge anon=2 dirty=2 N1=2 kernelpagesize_kB=1048576", "0, 2", "0, 2147483648")]
    [InlineData("7f00 interleave:0-3 anon=9 dirty=9 N3=4 N0=5 kernelpagesize_kB=64", "5, 0, 0, 4", "327680, 0, 0, 262144")]
    [InlineData("7f00 default stack", "", "")]
    public void Pages_of_several_nodes_count_by_their_own_size(string line, string pages, string bytes)
    {
        ProcessNumaMapping mapping = Assert.Single(Parse(line));

        // As CSV files show them.
        Assert.Equal((pages, bytes), ($"{mapping.PagesByNode}", $"{mapping.BytesByNode}"));
    }

    [Theory]
    [InlineData("7f00")]
    [InlineData("xyz default")]
    [InlineData("7f00 default N0=many")]
    [InlineData("7f00 default N99999=1")]
    [InlineData("7f00 default N0=-1")]
    [InlineData("7f00 default N0=9223372036854775807 kernelpagesize_kB=4")]
    [InlineData("7f00 default kernelpagesize_kB=0")]
    public void A_garbled_line_is_an_error(string line) => Assert.Throws<KernelFormatException>(() => Parse(line));

    private static List<ProcessNumaMapping> Parse(string text) =>
        [.. NumaMapsFile.Parse(KernelReader.Over("numa_maps", Encoding.UTF8.GetBytes(text + "\n")), 1, "init")];
}
