using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

public class VirtualAddressFormatTests
{
    // From the processors' manuals, with the sums done by hand.
    [Theory]
    [InlineData(0x00007f2ffce60123, 4096, 4, "254,-,191,487,96,291")]
    [InlineData(0x00007f2ffce60123, 2 << 20, 4, "254,-,191,487,-,393507")]
    [InlineData(0x00007f2ffce60123, 1 << 30, 4, "254,-,191,-,-,1021706531")]
    [InlineData(0x01aa7f2ffce60123, 4096, 5, "426,254,191,487,96,291")]
    [InlineData(0xffffffff81000000, 4096, 4, "511,-,510,8,0,0")]
    [InlineData(0xC0A81234, 4096, 2, "770,-,-,-,641,564")]
    [InlineData(0xC0A81234, 4 << 20, 2, "770,-,-,-,-,2626100")]
    [InlineData(0xC0A81234, 4096, 3, "3,-,-,5,129,564")]
    [InlineData(0x0000ffff12345678, 65536, 3, "63,-,-,8184,4660,22136")]
    [InlineData(ulong.MaxValue, 4096, 4, "511,-,511,511,511,4095")]
    [InlineData(0, 4096, 4, "0,-,0,0,0,0")]
    public void An_address_is_taken_apart_as_the_manual_says(ulong address, long pageSize, int levels, string expected)
    {
        VirtualAddressFormat format = VirtualAddressFormat.Make(pageSize, levels, null)!;

        VirtualAddressIndexes indexes = format.Decode(address, pageSize);

        int?[] found = [indexes.PGD, indexes.P4D, indexes.PUD, indexes.PMD, indexes.PTE];
        Assert.Equal(expected, string.Join(',', found.Select(index => index?.ToString() ?? "-").Append($"{indexes.Offset}")));
    }

    [Theory]
    [InlineData(4096, 4, "9-9-9-9-12")]
    [InlineData(4096, 5, "9-9-9-9-9-12")]
    [InlineData(4096, 2, "10-10-12")]
    [InlineData(4 << 20, 2, "10-10-12")]
    [InlineData(2 << 20, 4, "9-9-9-9-12")]
    [InlineData(4096, 3, "9-9-9-12")]
    [InlineData(16384, 4, "5-11-11-11-14")]
    [InlineData(16384, 3, "11-11-11-14")]
    [InlineData(32 << 20, 4, "5-11-11-11-14")]
    [InlineData(65536, 3, "10-13-13-16")]
    [InlineData(65536, null, "10-13-13-16")]
    [InlineData(512 << 20, null, "10-13-13-16")]
    [InlineData(65536, 2, "13-13-16")]
    public void Page_size_and_levels_make_a_machine(long pageSize, int? levels, string expected) =>
        Assert.Equal(expected, VirtualAddressFormat.Make(pageSize, levels, null)!.ToString());

    [Fact]
    public void Bits_of_each_level_make_any_machine()
    {
        VirtualAddressFormat format = VirtualAddressFormat.Make(256, null, [4, 4])!;

        VirtualAddressIndexes indexes = format.Decode(0xbeef, 256);

        Assert.Equal("4-4-8", format.ToString());
        Assert.Equal((11, 14, 0xef), (indexes.PGD, indexes.PTE, indexes.Offset));
    }

    [Theory]
    [InlineData(3000, 4, null)]
    [InlineData(0, 4, null)]
    [InlineData(-4096, 4, null)]
    [InlineData(4096, 1, null)]
    [InlineData(4096, 6, null)]
    [InlineData(1L << 62, 4, null)]
    [InlineData(512L << 30, 3, null)]
    [InlineData(65536, 4, null)]
    [InlineData(4096, 3, new[] { 10, 10 })]
    [InlineData(4096, null, new[] { 30, 30 })]
    [InlineData(4096, null, new[] { 0, 10 })]
    [InlineData(4096, null, new int[0])]
    public void Numbers_that_no_machine_has_make_none(long pageSize, int? levels, int[]? indexBits) =>
        Assert.Null(VirtualAddressFormat.Make(pageSize, levels, indexBits));

    [Theory]
    [InlineData(4, 0x00007fffffffffff, true)]
    [InlineData(4, 0x0000800000000000, false)]
    [InlineData(4, 0xffff7fffffffffff, false)]
    [InlineData(4, 0xffff800000000000, true)]
    [InlineData(5, 0x0000800000000000, true)]
    [InlineData(5, 0x0100000000000000, false)]
    [InlineData(4, ulong.MaxValue, true)]
    [InlineData(2, 0xffffffff, true)]
    [InlineData(2, 0x100000000, false)]
    [InlineData(2, ulong.MaxValue, false)]
    public void An_address_between_the_halves_is_not_canonical(int levels, ulong address, bool isCanonical) =>
        Assert.Equal(isCanonical, VirtualAddressFormat.Make(4096, levels, null)!.IsCanonical(address));

    // arm64: 39, 48 and 52 bits, each half with all of them.
    [Theory]
    [InlineData(4096, new[] { 9, 9, 9 }, 0x0000003fffffffff, "255,-,-,511,511,4095", true)]
    [InlineData(4096, new[] { 9, 9, 9 }, 0xffffffc000000000, "256,-,-,0,0,0", true)]
    [InlineData(4096, new[] { 9, 9, 9 }, 0x0000008000000000, "0,-,-,0,0,0", false)]
    [InlineData(16384, new[] { 1, 11, 11, 11 }, 0x0000ffff12345678, "1,-,2047,1929,209,5752", true)]
    [InlineData(16384, new[] { 1, 11, 11, 11 }, 0xffff800012345678, "1,-,0,9,209,5752", true)]
    [InlineData(16384, new[] { 1, 11, 11, 11 }, 0x0001000000000000, "0,-,0,0,0,0", false)]
    [InlineData(65536, new[] { 6, 13, 13 }, 0x0000ffff12345678, "63,-,-,8184,4660,22136", true)]
    [InlineData(65536, new[] { 6, 13, 13 }, 0x000fffff12345678, "63,-,-,8184,4660,22136", false)]
    [InlineData(65536, new[] { 10, 13, 13 }, 0x000fffff12345678, "1023,-,-,8184,4660,22136", true)]
    [InlineData(65536, new[] { 10, 13, 13 }, 0xfff8000000000000, "512,-,-,0,0,0", true)]
    [InlineData(65536, new[] { 10, 13, 13 }, 0xffe8000000000000, "512,-,-,0,0,0", false)]
    public void An_address_of_arm64_is_taken_apart(int pageSize, int[] indexBits, ulong address, string expected, bool isCanonical)
    {
        VirtualAddressFormat format = VirtualAddressFormat.Make(pageSize, null, indexBits)!;

        VirtualAddressIndexes indexes = format.Decode(address, pageSize);

        int?[] found = [indexes.PGD, indexes.P4D, indexes.PUD, indexes.PMD, indexes.PTE];
        Assert.Equal(expected, string.Join(',', found.Select(index => index?.ToString() ?? "-").Append($"{indexes.Offset}")));
        Assert.Equal(isCanonical, format.IsCanonical(address));
    }

    // The last line of a program's own maps, its stack, as such kernels print it.
    [Theory]
    [InlineData("7ff2a3b000-7ff2a5c000", "9-9-9-12", 0x7ff2a3b000, 0x8000000000)]
    [InlineData("ffffd0a3b000-ffffd0a5c000", "9-9-9-9-12", 0xffffd0a3b000, 0x1000000000000)]
    public void An_arm64_machine_shows_its_bits_by_where_its_stack_is(string stack, string expected, ulong canonical, ulong not)
    {
        using TemporaryTree tree = new();
        tree.Write("proc/cpuinfo", "processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n");
        tree.Write("proc/self/maps", $"5555550000-5555551000 r-xp 00000000 fe:00 7 /usr/bin/cat\n{stack} rw-p 00000000 00:00 0 [stack]\n");

        VirtualAddressFormat format = VirtualAddressFormat.Of(tree.Machine);

        Assert.Equal((expected, true, false), ($"{format}", format.IsCanonical(canonical), format.IsCanonical(not)));
    }

    [Theory]
    [InlineData("flags\t\t: fpu vme la57 rdpid", 5)]
    [InlineData("flags\t\t: fpu vme xla57 la57x", 4)]
    [InlineData("Features\t: fp asimd", 4)]
    public void The_processor_says_whether_there_are_five_levels(string line, int levels)
    {
        using TemporaryTree tree = new();
        tree.Write("proc/cpuinfo", line + "\n");

        Assert.Equal(levels, VirtualAddressFormat.Of(tree.Machine).IndexBits.Count);
    }

    [Fact]
    public void Flags_of_frames_have_the_names_of_the_kernel() =>
        Assert.Equal(["LOCKED", "THP", "PGTABLE", "BIT_27", "RESERVED", "ARCH_3", "BIT_63"],
            PageFrames.NamesOf(1 | (1UL << 22) | (1UL << 26) | (1UL << 27) | (1UL << 32) | (1UL << 42) | (1UL << 63)));
}
