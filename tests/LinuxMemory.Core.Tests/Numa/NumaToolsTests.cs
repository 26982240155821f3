using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>This computer's nodes beside what numactl and numastat show.</summary>
[Collection(nameof(StartsProcesses))]
public class NumaToolsTests
{
    [Fact]
    public void Nodes_are_numactls()
    {
        Assert.SkipUnless(NumaNodes.AreShown(Machine.Live), "no NUMA here");
        NumaNode[] before = [.. NumaNodes.Read(Machine.Live)];
        string[] lines = Output("numactl", "-H");
        NumaNode[] after = [.. NumaNodes.Read(Machine.Live)];

        foreach ((NumaNode node, NumaNode later) in before.Zip(after))
        {
            string start = $"node {node.Id} ";
            Assert.Equal(node.Cpus, Numbers(lines.Single(line => line.StartsWith(start + "cpus:", StringComparison.Ordinal)).Split(':')[1]));
            Assert.Equal(node.Total >> 20, Numbers(lines.Single(line => line.StartsWith(start + "size:", StringComparison.Ordinal)).Split(':')[1])[0]);
            long free = Numbers(lines.Single(line => line.StartsWith(start + "free:", StringComparison.Ordinal)).Split(':')[1])[0];
            // Others allocate meanwhile.
            Assert.InRange(free, (Math.Min(node.Free!.Value, later.Free!.Value) >> 20) - 512, (Math.Max(node.Free.Value, later.Free.Value) >> 20) + 512);
            Assert.Equal(node.Distances, Numbers(lines.Single(line => line.TrimStart().StartsWith($"{node.Id}:", StringComparison.Ordinal)).Split(':')[1]));
        }
    }

    [Fact]
    public void Allocations_are_numastats()
    {
        Assert.SkipUnless(NumaNodes.AreShown(Machine.Live), "no NUMA here");
        NumaStatistic[] before = [.. NumaStatistic.Read(Machine.Live)];
        string[] lines = Output("numastat");
        NumaStatistic[] after = [.. NumaStatistic.Read(Machine.Live)];

        foreach ((string name, Func<NumaStatistic, long?> value) in (IEnumerable<(string, Func<NumaStatistic, long?>)>)
            [("numa_hit", node => node.Hit), ("numa_miss", node => node.Miss), ("numa_foreign", node => node.Foreign),
             ("interleave_hit", node => node.Interleave), ("local_node", node => node.Local), ("other_node", node => node.Other)])
        {
            double[] shown = [.. lines.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(Parse)];
            for (int i = 0; i < before.Length; i++)
            {
                Assert.InRange(shown[i], value(before[i])!.Value, value(after[i])!.Value);
            }
        }
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => int.TryParse(word, out _)).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    private static string[] Output(string tool, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/" + tool), $"{tool} is not installed");
        (int code, string output) = Live.Run("/usr/bin/" + tool, arguments);
        Assert.SkipWhen(code != 0, output);
        return output.Split('\n');
    }
}
