using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public class LiveKillTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;
    private const int SetUps = 25;

    [Fact]
    public void Who_is_first_in_the_list_is_who_the_kernel_then_kills()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LINUXMEMORY_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given) ? given : Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < SetUps; i++)
        {
            output.WriteLine($"set-up {i}, LINUXMEMORY_SEED={seed}: {Kill(random)}");
        }
    }

    private static string Kill(Random random)
    {
        using OwnCgroup group = new();
        string inner = group.MakeInner("inner");
        MemoryHolder trigger = group.Start(0);
        List<MemoryHolder> holders = [];
        for (int count = random.Next(2, 6); count > 0; count--)
        {
            MemoryHolder holder = group.Start(random.Next(4 * MiB, 16 * MiB), random.Next(2) == 0 ? inner : null);
            // Without CAP_SYS_RESOURCE it can only be raised.
            holder.Adjustment = random.Next(2) == 0 ? 0 : random.Next(1001);
            holders.Add(holder);
        }
        group.Max = group.Current + MiB;
        CgroupTree tree = CgroupTree.Of(Machine.Live)!;

        IReadOnlyList<OomCandidate> candidates = OomCandidates.Read(Machine.Live, OomScope.Of(Machine.Live, tree, group.Path)).Ranked();
        trigger.Take(3 * MiB);

        string described = string.Join(", ", candidates.Select(candidate => $"{candidate.Id} {candidate.Rss / MiB} MiB {candidate.OomScoreAdj} = {candidate.Badness}"));
        Assert.Equal(holders.Count + 1, candidates.Count);
        MemoryHolder predicted = Assert.Single(holders, holder => holder.Id == candidates[0].Id);
        Assert.True(predicted.WaitForEnd(TimeSpan.FromSeconds(10)), described);
        Assert.Equal(137, predicted.ExitCode);
        int[] ended = [.. holders.Append(trigger).Where(holder => holder.HasEnded).Select(holder => holder.Id)];
        long kills = (tree.Read(group.Path).OomKills + (group.Version == 1 ? tree.Read(group.Path + "/inner").OomKills : 0)) ?? 0;
        // While the first one ends, the kernel may go on to the next in the list.
        Assert.InRange(kills, 1, 2);
        Assert.Subset(candidates.Take((int)kills).Select(candidate => candidate.Id).ToHashSet(), ended.ToHashSet());
        return described;
    }
}
