using System.Buffers.Binary;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class SwapHeaderTests
{
    private const string Uuid = "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11";

    public static TheoryData<int> PageSizes => [.. Enumerable.Range(11, 13).Select(power => 1 << power)];

    [Theory]
    [MemberData(nameof(PageSizes))]
    public void What_is_written_is_read_for_every_size_of_page(int pageSize)
    {
        SwapHeader written = SwapHeader.For(64L * pageSize + 17, pageSize, Uuid, "lärm");

        SwapHeader? read = SwapHeader.Parse("area", written.ToPage());

        Assert.Equal(written, read);
        Assert.Equal((64L * pageSize, 63L), (read!.Size, read.LastPage));
    }

    [Fact]
    public void The_layout_is_the_kernels()
    {
        byte[] page = SwapHeader.For(1 << 20, 4096, Uuid, "label").ToPage();

        Assert.All(page[..1024], b => Assert.Equal(0, b));
        Assert.Equal((1u, 255u, 0u), (BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(1024)), BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(1028)), BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(1032))));
        Assert.Equal("5B2F4F4E8D4B4B578D9E3A0A7F0C7F11", Convert.ToHexString(page, 1036, 16));
        Assert.Equal("label\0\0\0\0\0\0\0\0\0\0\0"u8.ToArray(), page[1052..1068]);
        Assert.Equal("SWAPSPACE2"u8.ToArray(), page[^10..]);
    }

    [Fact]
    public void A_header_from_a_machine_with_the_other_order_of_bytes_is_read()
    {
        byte[] page = SwapHeader.For(1 << 20, 8192, Uuid, null).ToPage();
        page.AsSpan(1024, 4).Reverse();
        page.AsSpan(1028, 4).Reverse();

        SwapHeader? read = SwapHeader.Parse("area", page);

        Assert.Equal((127L, true, (string?)Uuid), (read!.LastPage, read.IsByteSwapped, read.Uuid));
    }

    [Theory]
    [InlineData("S1SUSPEND\0")]
    [InlineData("LINHIB0001")]
    public void A_sleeping_machine_is_seen(string signature)
    {
        byte[] page = SwapHeader.For(1 << 20, 4096, Uuid, null).ToPage();
        System.Text.Encoding.ASCII.GetBytes(signature).CopyTo(page, 4096 - 10);

        Assert.True(SwapHeader.Parse("area", page)!.IsHibernated);
    }

    [Fact]
    public void An_area_without_uuid_and_label_has_none()
    {
        SwapHeader? read = SwapHeader.Parse("area", SwapHeader.For(1 << 20, 4096, null, null).ToPage());

        Assert.Equal((null, null), (read!.Uuid, read.Label));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void What_is_no_swap_area_is_none(int length) => Assert.Null(SwapHeader.Parse("file", new byte[length]));

    [Fact]
    public void A_header_that_makes_no_sense_is_an_error()
    {
        byte[] page = SwapHeader.For(1 << 20, 4096, null, null).ToPage();
        page[1024] = 7;

        Assert.Throws<KernelFormatException>(() => SwapHeader.Parse("area", page));
    }

    [Theory]
    [InlineData("12345678901234567")]
    [InlineData("ääääääääää")]
    [InlineData("a\0b")]
    public void A_label_that_does_not_fit_is_refused(string label) => Assert.Throws<FormatException>(() => SwapHeader.LabelBytes(label));

    [Fact]
    public void Whatever_the_bytes_are_only_a_format_error_comes_out()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        byte[][] pages = [.. PageSizes.Select(data => data.Data).Where(size => size <= 65536).Select(size => SwapHeader.For(1 << 22, size, Uuid, "label").ToPage())];
        int understood = 0;
        for (int i = 0; i < 50_000; i++)
        {
            // Damage everywhere, but mostly where something stands.
            byte[] damaged = [.. pages[random.Next(pages.Length)]];
            for (int left = random.Next(1, 6); left > 0; left--)
            {
                int at = random.Next(3) switch { 0 => random.Next(damaged.Length), 1 => damaged.Length - 1 - random.Next(12), _ => 1024 + random.Next(600) };
                damaged[at] = (byte)random.Next(256);
            }
            damaged = random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            try
            {
                SwapHeader? header = SwapHeader.Parse("area", damaged);
                understood += header is { Size: > 0 } ? 1 : 0;
            }
            catch (KernelFormatException)
            {
            }
        }
        Assert.InRange(understood, 5_000, 45_000);
    }
}
