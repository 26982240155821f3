using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>How kernels before 4.17 spare root, on the tree of a newer one that says it is older.</summary>
public sealed class OomFormulaTests : IDisposable
{
    private const int Victim = 140;

    private readonly string _tree = Fixture.Copy("6.1.0-56-amd64-cgroup1-nopsi");

    public void Dispose() => Directory.Delete(_tree, recursive: true);

    [Theory]
    [InlineData("3.2.0-4-amd64", true)]
    [InlineData("3.10.0-1160.el7.x86_64", false)]
    [InlineData("3.13.0", true)]
    [InlineData("3.13.11", false)]
    [InlineData("3.14.0", false)]
    [InlineData("4.9.0-19-amd64", false)]
    [InlineData("4.16.18+", false)]
    public void Root_is_spared_by_what_it_uses_or_before_3_14_by_a_share_of_all_as_the_scores_tell(string release, bool isOfAll)
    {
        (OomCandidate newer, OomScope scope) = Read();
        Say(release);
        Score(scope, isOfAll);
        long used = newer.Badness!.Value;
        long bonus = isOfAll ? scope.TotalPages / 1000 * 30 : used * 3 / 100;

        OomCandidate candidate = Read().Candidate;

        Assert.True(bonus > 0);
        Assert.Equal((Math.Max(1, used - bonus), used - bonus < 1), (candidate.Badness!.Value, candidate.Badness == 1));
        Assert.EndsWith("% root", candidate.Why, StringComparison.Ordinal);
        Assert.Equal(candidate.Badness, Score());
    }

    [Theory]
    [InlineData("4.17.0")]
    [InlineData("4.19.0-6-amd64")]
    [InlineData("6.1.0-56-amd64")]
    [InlineData("unknown")]
    public void Nobody_is_spared_since_4_17(string release)
    {
        OomCandidate before = Read().Candidate;
        Say(release);

        Assert.Equal(before, Read().Candidate);
    }

    [Fact]
    public void Who_has_not_the_capability_is_not_spared()
    {
        long used = Read().Candidate.Badness!.Value;
        Say("4.9.0-19-amd64");
        string status = Path.Join(_tree, $"proc/{Victim}/status");
        // All but CAP_SYS_ADMIN.
        File.WriteAllText(status, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(status), "CapEff:\t[0-9a-f]+", "CapEff:\t000001ffffdfffff"));

        Assert.Equal(used, Read().Candidate.Badness);
        Assert.Equal(used, Score());
    }

    [Theory]
    [InlineData("         0          0 4294967295\n", true)]
    [InlineData("         0     100000      65536\n", false)]
    [InlineData("", false)]
    public void Root_of_a_user_namespace_is_not_spared(string map, bool isSpared)
    {
        long used = Read().Candidate.Badness!.Value;
        Say("4.9.0-19-amd64");
        File.WriteAllText(Path.Join(_tree, $"proc/{Victim}/uid_map"), map);

        Assert.Equal(used - (isSpared ? used * 3 / 100 : 0), Read().Candidate.Badness);
    }

    [Fact]
    public void Page_tables_of_the_second_level_count_where_they_are_a_line_of_their_own()
    {
        OomCandidate before = Read().Candidate;
        string status = Path.Join(_tree, $"proc/{Victim}/status");
        File.WriteAllText(status, File.ReadAllText(status).Replace("VmSwap:", "VmPMD:\t      12 kB\nVmSwap:", StringComparison.Ordinal));

        Assert.Equal((before.PageTables + 12288, before.Badness + 3), (Read().Candidate.PageTables, Read().Candidate.Badness));
        Assert.Equal(before.Badness + 3, Score());
    }

    // What such a kernel would show: in the capture the scores are of a newer one.
    private void Score(OomScope scope, bool isOfAll)
    {
        foreach (OomProcess process in OomProcess.ReadAll(Machine.At(_tree), OomFormula.Of(Machine.At(_tree))).Where(process => process.HasMemory))
        {
            long used = process.UsedPages(scope.PageSize);
            long badness = used - (isOfAll ? scope.TotalPages / 1000 * 30 : used * 3 / 100) + (scope.TotalPages / 1000 * process.Adjustment);
            File.WriteAllText(Path.Join(_tree, $"proc/{process.Stat.Id}/oom_score"), $"{(process.Stat.Id == 1 ? 0 : OomBadness.ScoreBefore59(badness, scope.TotalPages))}\n");
        }
    }

    private void Say(string release) => File.WriteAllText(Path.Join(_tree, "proc/sys/kernel/osrelease"), release + "\n");

    private (OomCandidate Candidate, OomScope Scope) Read()
    {
        Machine machine = Machine.At(_tree);
        OomScope scope = OomScope.Of(machine);
        return (OomCandidates.Read(machine, scope).Ranked().Single(candidate => candidate.Id == Victim), scope);
    }

    private long? Score()
    {
        Machine machine = Machine.At(_tree);
        using KernelDirectory directory = ProcessList.Open(machine, Victim);
        return ProcessOomScore.Read(directory, MemInfoFile.Read(machine), PageSize.Of(machine), OomFormula.Of(machine))!.Badness;
    }
}
