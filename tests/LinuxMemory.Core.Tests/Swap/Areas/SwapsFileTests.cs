using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class SwapsFileTests
{
    [Fact]
    public void Reads_devices_files_and_zram_with_blanks_in_their_names()
    {
        IReadOnlyList<ActiveSwap> areas = SwapsFile.Read(Fixture.Machine("6.12.117+deb12-amd64-swap"));

        Assert.Equal(["/dev/vdc", "/mnt/swap file", "/dev/zram0"], areas.Select(area => area.Path));
        Assert.Equal((65532L << 10, 0L << 10, 10), (areas[0].Size, areas[0].Used - (65532L << 10), areas[0].Priority));
        Assert.Equal((true, 49128L << 10, 14688L << 10, -2), (areas[1].IsFile, areas[1].Size, areas[1].Used, areas[1].Priority));
    }

    [Fact]
    public void A_deleted_file_keeps_its_path()
    {
        ActiveSwap area = Assert.Single(SwapsFile.Parse(KernelReader.Over("swaps", "Filename\tType\n/a\\040b\\040(deleted) file 4 0 -2\n"u8)));

        Assert.Equal(("/a b", true), (area.Path, area.IsDeleted));
    }

    [Fact]
    public void No_line_is_no_area() => Assert.Empty(SwapsFile.Parse(KernelReader.Over("swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"u8)));

    [Theory]
    [InlineData("")]
    [InlineData("Filename Type\n/a file\n")]
    [InlineData("Filename Type\n/a file x 0 0\n")]
    public void What_is_cut_or_garbled_is_an_error(string text) =>
        Assert.Throws<KernelFormatException>(() => SwapsFile.Parse(KernelReader.Over("swaps", System.Text.Encoding.UTF8.GetBytes(text))));
}
