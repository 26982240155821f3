using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class OomCandidatesTests : IDisposable
{
    private const int Pages = 1_000_000;

    private readonly TemporaryTree _tree = new();

    public OomCandidatesTests()
    {
        _tree.Write("proc/meminfo", $"MemTotal: {Pages * 4} kB\nMemFree: 500 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
        _tree.Write("proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        _tree.Write("proc/sys/vm/swappiness", "60\n");
        Process(1, "init", 1000, score: 0);
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void The_kernels_own_score_follows_from_badness_for_every_process_of_this_machine()
    {
        Machine machine = Machine.Live;
        OomCandidate[] wrong = [];
        int seen = 0;
        // Processes allocate and end while they are read.
        for (int attempt = 0; attempt < 20; attempt++)
        {
            OomScope scope = OomScope.Of(machine);
            IReadOnlyList<OomCandidate> all = OomCandidates.Read(machine, scope).Ranked(includeKernelThreads: true);
            seen = all.Count;
            Assert.SkipUnless(all.Any(candidate => candidate.OomScore > 600), "the kernel is older than 5.9, or shows no scores");
            wrong = [.. all.Where(candidate => candidate.OomScore != (candidate.Badness is long badness ? OomBadness.Score(badness, scope.TotalPages) : 0))];
            if (wrong.Length == 0)
            {
                break;
            }
        }

        Assert.True(seen > 1);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("6.12.117+deb12-amd64-cgroup2-oom")]
    [InlineData("6.12.117+deb12-amd64-swap")]
    [InlineData("6.1.0-56-amd64-cgroup1-nopsi")]
    [InlineData("6.1.0-50-686-uma")]
    public void Captured_kernels_agree_as_far_as_their_files_are_of_one_moment(string fixture)
    {
        Machine machine = Fixture.Machine(fixture);
        OomScope scope = OomScope.Of(machine);

        IReadOnlyList<OomCandidate> all = OomCandidates.Read(machine, scope).Ranked(includeKernelThreads: true);

        Assert.Contains(all, candidate => candidate is { Exemption: OomExemption.Init, Id: 1, Rank: null });
        Assert.Contains(all, candidate => candidate is { Exemption: OomExemption.KernelThread, Id: 2, Rank: null });
        Assert.All(all.Where(candidate => candidate.Badness is not null), candidate =>
            Assert.InRange(candidate.OomScore, OomBadness.Score(candidate.Badness!.Value, scope.TotalPages) - 2, OomBadness.Score(candidate.Badness.Value, scope.TotalPages) + 2));
    }

    [Fact]
    public void Most_badness_goes_first_and_of_equals_the_youngest()
    {
        Process(10, "small", 100);
        Process(11, "large", 9000);
        Process(12, "raised", 50, adjustment: 10);
        Process(13, "lowered", 20000, adjustment: -30);
        Process(14, "younger", 100);

        Assert.Equal(
            ["12:1:10050", "11:2:9000", "14:3:100", "10:4:100", "13:5:-10000", "1::"],
            Ranked().Select(candidate => $"{candidate.Id}:{candidate.Rank}:{candidate.Badness}"));
        Assert.Equal((100, 89.55), (Ranked()[0].RelativePercent, Math.Round(Ranked()[1].RelativePercent!.Value, 2)));
        Assert.Equal("0.0% used + 1.0% adj", Ranked()[0].Why);
        Assert.Equal(10L * (Pages / 1000) * 4096, Ranked()[0].Adjustment);
    }

    [Fact]
    public void Those_who_can_never_be_chosen_say_why()
    {
        Process(10, "ordinary", 100);
        Process(11, "protected", 100, adjustment: -1000, score: 0);
        Process(12, "ended", 0, state: 'Z', score: 0);
        Process(13, "parent", 500, size: 777_000);
        Process(14, "vfork", 500, size: 777_000, parent: 13, score: 0);
        Process(15, "reaped", 500, size: 888_000, parent: 13, score: 0);
        Process(16, "kthread", 0, flags: 0x200000, score: 0);

        Assert.Equal(
            ["1:Init", "16:KernelThread", "11:OomScoreAdj", "12:NoMemory", "14:SharesParentMemory", "15:MemoryGivenBack"],
            Ranked().Where(candidate => candidate.Rank is null).Select(candidate => $"{candidate.Id}:{candidate.Exemption}"));
        Assert.All(Ranked().Where(candidate => candidate.Rank is null), candidate => Assert.StartsWith("never: ", candidate.Why, StringComparison.Ordinal));
        Assert.Equal([13, 10], Ranked().Where(candidate => candidate.Rank is not null).Select(candidate => candidate.Id));
    }

    [Fact]
    public void Before_5_9_a_score_of_zero_is_no_exemption()
    {
        foreach (int id in (int[])[10, 11, 12])
        {
            Process(id, "small", 100 + id, score: 0);
        }

        Assert.Equal([12, 11, 10], Ranked().Where(candidate => candidate.Rank is not null).Select(candidate => candidate.Id));
    }

    [Fact]
    public void The_first_process_of_a_container_can_be_chosen()
    {
        Process(1, "init", 1000);

        Assert.Equal((1, 1, OomExemption.None), (Ranked()[0].Id, Ranked()[0].Rank, Ranked()[0].Exemption));
    }

    [Fact]
    public void A_main_thread_that_has_ended_leaves_its_memory_to_the_others()
    {
        Process(10, "leader", 0, state: 'Z', threads: 2);
        Process(11, "leader", 700);
        _tree.Write("proc/10/task/10/stat", _tree.Read("proc/10/stat"));
        _tree.Write("proc/10/task/10/status", _tree.Read("proc/10/status"));
        _tree.Write("proc/10/task/17/stat", _tree.Read("proc/11/stat"));
        _tree.Write("proc/10/task/17/status", _tree.Read("proc/11/status"));
        _tree.Write("proc/10/task/17/cgroup", _tree.Read("proc/11/cgroup"));

        Assert.Equal((700L, OomExemption.None), Ranked().Where(candidate => candidate.Id == 10).Select(candidate => (candidate.Badness!.Value, candidate.Exemption)).Single());
    }

    [Theory]
    // Own limit; swap that it may use counts where it would swap.
    [InlineData("/a/b", 0, 60, "max", 25_000, "/a/b")]
    [InlineData("/a/b", 50_000, 60, "max", 75_000, "/a/b")]
    [InlineData("/a/b", 50_000, 60, "8192000", 27_000, "/a/b")]
    [InlineData("/a/b", 50_000, 0, "max", 25_000, "/a/b")]
    [InlineData("/a", 0, 60, "max", 50_000, "/a")]
    // No limit of its own: that of the group above; without any, the machine's memory.
    [InlineData("/a/c", 0, 60, "max", 50_000, "/a")]
    [InlineData("/d", 3_000, 60, "max", Pages + 3_000, null)]
    public void A_group_measures_by_its_limit_and_swap(string group, int swapPages, int swappiness, string swapMax, long total, string? limitedBy)
    {
        _tree.Write("proc/meminfo", $"MemTotal: {Pages * 4} kB\nMemFree: 500 kB\nSwapTotal: {swapPages * 4} kB\nSwapFree: 0 kB\n");
        _tree.Write("proc/sys/vm/swappiness", $"{swappiness}\n");
        Limit("a", "204800000", swapMax);
        Limit("a/b", "102400000", swapMax);
        Limit("a/c", "max", swapMax);
        Limit("d", "max", swapMax);

        OomScope scope = OomScope.Of(_tree.Machine, CgroupTree.Of(_tree.Machine)!, group);

        Assert.Equal((total, limitedBy, group), (scope.TotalPages, scope.LimitedBy, scope.Cgroup));
    }

    [Theory]
    [InlineData("60", "204800000", 50_000)]
    [InlineData("0", "204800000", 25_000)]
    [InlineData("60", "143360000", 35_000)]
    [InlineData("60", "102400000", 25_000)]
    [InlineData("60", "9223372036854771712", 75_000)]
    public void Version_1_counts_swap_above_its_memory_limit(string swappiness, string both, long total)
    {
        _tree.Write("proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup/memory rw - cgroup c rw,memory\n");
        _tree.Write("proc/meminfo", $"MemTotal: {Pages * 4} kB\nMemFree: 500 kB\nSwapTotal: 200000 kB\nSwapFree: 0 kB\n");
        _tree.Write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "102400000\n");
        _tree.Write("sys/fs/cgroup/memory/a/memory.memsw.limit_in_bytes", both + "\n");
        _tree.Write("sys/fs/cgroup/memory/a/memory.swappiness", swappiness + "\n");

        Assert.Equal(total, OomScope.Of(_tree.Machine, CgroupTree.Of(_tree.Machine)!, "/a").TotalPages);
    }

    [Fact]
    public void In_a_group_only_its_processes_are_ranked_and_by_its_limit()
    {
        Limit("a", "409600000", "max");
        Limit("a/b", "max", "max");
        Limit("ab", "max", "max");
        _tree.Write("sys/fs/cgroup/a/b/memory.oom.group", "1\n");
        Process(10, "in", 100, adjustment: 10, cgroup: "/a/b");
        Process(11, "in", 1050, cgroup: "/a");
        Process(12, "beside", 5000, cgroup: "/ab");

        IReadOnlyList<OomCandidate> ranked = OomCandidates.Read(_tree.Machine, OomScope.Of(_tree.Machine, CgroupTree.Of(_tree.Machine)!, "/a")).Ranked();

        // 10 thousandths of 100,000 pages are 1,000.
        Assert.Equal(["10:1100:/a/b", "11:1050:"], ranked.Select(candidate => $"{candidate.Id}:{candidate.Badness}:{candidate.KilledWith}"));
    }

    [Theory]
    [InlineData(10, 500, 1)]
    [InlineData(12, -1000, null)]
    [InlineData(11, 0, 2)]
    public void Another_adjustment_is_judged_without_being_made(int id, int adjustment, int? rank)
    {
        Process(10, "small", 100);
        Process(11, "protected", 5000, adjustment: -1000, score: 0);
        Process(12, "large", 9000);

        OomCandidates changed = OomCandidates.Read(_tree.Machine, OomScope.Of(_tree.Machine)).With(id, adjustment);

        Assert.Equal(rank, changed.Ranked().Single(candidate => candidate.Id == id).Rank);
    }

    private IReadOnlyList<OomCandidate> Ranked() => OomCandidates.Read(_tree.Machine, OomScope.Of(_tree.Machine)).Ranked(includeKernelThreads: true);

    private void Limit(string group, string max, string swapMax)
    {
        _tree.Write($"sys/fs/cgroup/{group}/memory.max", max + "\n");
        _tree.Write($"sys/fs/cgroup/{group}/memory.swap.max", swapMax + "\n");
    }

    private void Process(int id, string name, long rss, int adjustment = 0, int? score = null, char state = 'S', int parent = 1, long size = 0, long flags = 0, int threads = 1, string cgroup = "/")
    {
        bool hasMemory = state != 'Z' && flags == 0;
        _tree.Write($"proc/{id}/stat", string.Create(CultureInfo.InvariantCulture,
            $"{id} ({name}) {state} {parent} 0 0 0 -1 {flags} 0 0 0 0 0 0 0 0 20 0 {threads} 0 {id * 100} {(size > 0 ? size : id * 4096)} {rss} 0 1 1 {id * 16 + (size > 0 ? -id * 16 + size : 0)} 0 0\n"));
        _tree.Write($"proc/{id}/status", $"Name:\t{name}\nUid:\t0\t0\t0\t0\n{(hasMemory ? $"VmRSS:\t{rss * 4} kB\nVmPTE:\t0 kB\nVmSwap:\t0 kB\n" : "")}Threads:\t{threads}\n");
        _tree.Write($"proc/{id}/oom_score", $"{score ?? OomBadness.Score(rss + (Pages / 1000 * adjustment), Pages)}\n");
        _tree.Write($"proc/{id}/oom_score_adj", $"{adjustment}\n");
        _tree.Write($"proc/{id}/cgroup", $"0::{cgroup}\n");
    }
}
