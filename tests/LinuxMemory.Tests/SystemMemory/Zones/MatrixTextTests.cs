using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

public class MatrixTextTests
{
    private static readonly int[] Eight = [10, 16, 22, 32, 40, 50, 60, 255];

    [Fact]
    public void Distances_stand_four_to_a_line_below_each_other() =>
        Assert.Equal("  10  16  22  32\n  40  50  60 255", MatrixText.Distances(Eight));

    [Fact]
    public void A_row_of_eight_distances_is_one_line() =>
        Assert.Equal("  10  16  22  32  40  50  60 255", MatrixText.DistanceRow(Eight));
}
