using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class ProcessFilesTests
{
    private const string Header = "00400000-7ffc9221d000 ---p 00000000 00:00 0   [rollup]\n";
    private const string Rollup = Header + "Rss: 10 kB\nPss: 5 kB\nPss_Dirty: 4 kB\nPrivate_Clean: 1 kB\nPrivate_Dirty: 2 kB\nPrivate_Hugetlb: 9 kB\nSwap: 3 kB\n";

    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_size_in_every_captured_status_is_a_property(string name)
    {
        foreach (string file in Directory.GetFiles(Path.Join(Fixture.PathOf(name), "proc"), "status", SearchOption.AllDirectories))
        {
            foreach (string line in File.ReadLines(file).Where(line => line.EndsWith(" kB", StringComparison.Ordinal)))
            {
                Assert.NotNull(typeof(ProcessStatus).GetProperty(line[..line.IndexOf(':')]));
            }
        }
    }

    [Fact]
    public void Status_gives_owner_and_sizes_in_bytes()
    {
        ProcessStatus status = Status("Name:\ta\\nb\nUid:\t1000\t0\t0\t0\nGroups:\t \nVmPeak:\t  2260 kB\nVmRSS:\t 7 kB\nRssNew:\t 1 kB\nHugetlbPages:\t 0 kB\nThreads:\t1\nSigQ:\t0/3790\n");

        Assert.Equal((1000, 0), (status.RealUserId, status.EffectiveUserId));
        Assert.Equal((2260 << 10, null, 7 << 10, 0), (status.VmPeak, status.VmSize, status.VmRSS, status.HugetlbPages));
    }

    [Theory]
    [InlineData("", "the key Threads")]
    [InlineData("Uid:\t1\t1\nVmRSS:\t7 kB\n", "the key Threads")]
    [InlineData("Uid:\t1\t1\nVmRS", "a ':'")]
    [InlineData("Uid:\t1\t1\nVmRSS:\t7\n", "the unit kB")]
    [InlineData("Uid:\t1\n", "a whole number of at most 63 bits")]
    [InlineData("Threads:\t1\n", "the key Uid before it")]
    public void A_cut_or_garbled_status_is_refused(string text, string expected)
    {
        Assert.Equal(expected, Assert.Throws<KernelFormatException>(() => Status(text)).Expected);
    }

    [Theory, MemberData(nameof(Machines))]
    public void Smaps_adds_up_to_the_rollup_but_for_what_is_cut_to_kB_in_each_mapping(string name)
    {
        Machine machine = Fixture.Machine(name);
        foreach (int id in ProcessList.Ids(machine).Where(id => id != 2))
        {
            using KernelDirectory process = ProcessList.Open(machine, id);
            using KernelReader smaps = process.Read("smaps");
            SmapsRollup sum = SmapsRollupFile.Parse(smaps)!;
            SmapsRollup rollup = SmapsRollupFile.Read(process)!;
            int mappings = File.ReadLines(machine.Locate($"proc/{id}/smaps")).Count(line => line.StartsWith("VmFlags", StringComparison.Ordinal));

            Assert.Equal((rollup.Rss, rollup.Uss, rollup.Swap), (sum.Rss, sum.Uss, sum.Swap));
            Assert.InRange(rollup.Pss - sum.Pss, 0, 1024L * mappings);
            Assert.InRange((rollup.SwapPss - sum.SwapPss)!.Value, 0, 1024L * mappings);
        }
    }

    [Fact]
    public void Uss_is_the_private_pages_as_in_smem()
    {
        SmapsRollup rollup = Smaps(Rollup)!;

        Assert.Equal((10 << 10, 5 << 10, 3 << 10, 3 << 10), (rollup.Rss, rollup.Pss, rollup.Uss, rollup.Swap));
        Assert.Null(rollup.SwapPss);
    }

    [Fact]
    public void A_process_without_mappings_has_no_sum()
    {
        Assert.Null(Smaps(""));
    }

    [Theory]
    [InlineData(Header, "the key Rss once for each mapping")]
    [InlineData(Rollup + Header, "the key Rss once for each mapping")]
    [InlineData("Rss: 10 kB\n", "a line of addresses")]
    [InlineData("\n", "a ':'")]
    [InlineData(Header + "Rss: 10\n", "the unit kB")]
    [InlineData(Header + "Rss: 9007199254740991 kB\n" + Header + "Rss: 9007199254740991 kB\n", "a sum that fits 63 bits")]
    public void A_cut_or_garbled_smaps_is_refused(string text, string expected)
    {
        Assert.Equal(expected, Assert.Throws<KernelFormatException>(() => Smaps(text)).Expected);
    }

    [Theory]
    [InlineData("0::/a b:c\n", "/a b:c")]
    [InlineData("2:hugetlb:/h\n1:cpu,memory:/m\n0::/u\n", "/m")]
    [InlineData("2:memoryx:/h\n1:name=systemd:/n\n0::/u\n", "/u")]
    [InlineData("1:name=systemd:/n\n", null)]
    [InlineData("", null)]
    public void The_cgroup_is_the_one_that_accounts_memory(string text, string? path)
    {
        Assert.Equal(path, CgroupFile.ParseMemoryPath(Over(text)));
    }

    [Fact]
    public void Users_are_known_by_the_first_name_of_their_id_and_strange_lines_are_passed_over()
    {
        IReadOnlyDictionary<long, string> users = PasswdFile.Parse(Over("root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:\n+::::::\n# note\n\nx\nbad:x:y:0\ncut:x:7\nbig:x:4294967294:0::/:\n"));

        Assert.Equal(new Dictionary<long, string> { [0] = "root", [4294967294] = "big" }, users);
    }

    [Theory]
    [InlineData("cpu 1 2\nbtime 1763777000\nprocesses 9\n", 1763777000)]
    [InlineData("cpu 1 2\n", null)]
    public void The_time_of_boot_stands_in_btime(string text, int? seconds)
    {
        Assert.Equal(seconds, BootTime.Parse(Over(text))?.ToUnixTimeSeconds());
    }

    [Fact]
    public void A_time_beyond_the_calendar_is_refused_at_boot_and_unknown_after_it()
    {
        Assert.Throws<KernelFormatException>(() => BootTime.Parse(Over("btime 9223372036854775807\n")));
        Assert.Null(BootTime.Plus(DateTimeOffset.UnixEpoch, long.MaxValue));
        Assert.Equal(10, BootTime.Plus(DateTimeOffset.UnixEpoch, 1)!.Value.ToUnixTimeMilliseconds());
    }

    private static ProcessStatus Status(string text) => ProcessStatusFile.Parse(Over(text));

    private static SmapsRollup? Smaps(string text) => SmapsRollupFile.Parse(Over(text));

    private static KernelReader Over(string text) => KernelReader.Over("/proc/7/file", Encoding.UTF8.GetBytes(text));
}
