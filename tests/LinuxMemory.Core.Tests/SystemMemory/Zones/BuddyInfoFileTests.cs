using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class BuddyInfoFileTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void The_unusable_index_is_the_kernels_own(string machine)
    {
        Machine captured = Fixture.Machine(machine);
        string? debug = captured.TryReadText("sys/kernel/debug/extfrag/unusable_index");
        Assert.SkipWhen(debug is null, "this capture has no extfrag");
        IReadOnlyList<MemoryFragmentation> rows = BuddyInfoFile.Read(captured);

        foreach (string line in debug.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // "Node 0, zone   Normal 0.000 0.001 ..."; read a moment later than buddyinfo, so a block may have moved.
            string[] fields = line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            MemoryFragmentation[] ours = [.. rows.Where(r => r.Node == int.Parse(fields[1], CultureInfo.InvariantCulture) && r.Zone == fields[3])];
            Assert.Equal(fields.Length - 4, ours.Length);
            for (int order = 0; order < ours.Length; order++)
            {
                Assert.Equal(double.Parse(fields[4 + order], CultureInfo.InvariantCulture), ours[order].UnusableIndex, 0.02);
            }
        }
    }

    [Theory, MemberData(nameof(Machines))]
    public void Pages_are_4_KiB_on_every_captured_machine(string machine) => Assert.Equal(4096, PageSize.Of(Fixture.Machine(machine)));

    [Fact]
    public void A_zone_without_free_blocks_is_wholly_unusable()
    {
        Assert.All(Parse("Node 3, zone   Normal 0 0 0\n"), row => Assert.Equal(1, row.UnusableIndex));
    }

    [Fact]
    public void What_lies_in_smaller_blocks_cannot_serve_a_larger_order()
    {
        IReadOnlyList<MemoryFragmentation> rows = Parse("Node 0, zone   Normal 4 2 1\n");

        Assert.Equal([0, 0.333, 0.666], rows.Select(row => row.UnusableIndex));
        Assert.Equal([16384, 16384, 16384], rows.Select(row => row.FreeBytes));
    }

    [Theory]
    [InlineData("Node 0, zone   Normal\n")]
    [InlineData("Node x, zone   Normal 1\n")]
    [InlineData("Node 0, zone   Normal -1\n")]
    [InlineData("Node 0, zone   Normal 9223372036854775807\n")]
    [InlineData("Node 0\n")]
    public void A_garbled_line_is_refused(string text) => Assert.Throws<KernelFormatException>(() => Parse(text));

    private static IReadOnlyList<MemoryFragmentation> Parse(string text) =>
        BuddyInfoFile.Parse(KernelReader.Over("/proc/buddyinfo", System.Text.Encoding.UTF8.GetBytes(text)), 4096);
}
