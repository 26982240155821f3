namespace LinuxMemory.Core.Tests;

public class CoreDetailsTests
{
    private static readonly CoreDetails Details = new(SmapsFileTests.Parse(
        "100000-200000 rw-p 00000000 00:00 0 \nRss: 4 kB\nVmFlags: rd wr mr mw me ac \n"
        + "200000-300000 rw-p 00000000 00:00 0 \nRss: 4 kB\nVmFlags: rd wr mr mw me ac dd \n"
        + "100000-180000 rw-p 00000000 00:00 0 \nRss: 8 kB\nVmFlags: rd wr mr mw me ac \n"));

    [Fact]
    public void Of_a_mapping_that_was_met_twice_the_last_counts() =>
        Assert.Equal(8192, Details.Of(Of("100000-180000 rw-p")).Rss);

    [Theory]
    [InlineData("100000-190000 rw-p")]
    [InlineData("100000-180000 r--p")]
    [InlineData("500000-600000 rw-p")]
    public void One_that_has_changed_stays_as_maps_has_it(string line) =>
        Assert.Null(Details.Of(Of(line)).Rss);

    [Theory]
    [InlineData("200000-300000 rw-p", true)]
    [InlineData("200000-400000 rw-p", true)]
    [InlineData("100000-200000 rw-p", false)]
    [InlineData("300000-400000 rw-p", false)]
    public void What_is_kept_out_stays_out_when_its_mapping_has_changed(string line, bool isKeptOut) =>
        Assert.Equal(isKeptOut, Details.IsKeptOut(Details.Of(Of(line))));

    private static ProcessMemoryMapping Of(string line) => Assert.Single(SmapsFileTests.ParseMaps($"{line} 00000000 00:00 0 \n"));
}
