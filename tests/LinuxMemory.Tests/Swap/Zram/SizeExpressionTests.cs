using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

public class SizeExpressionTests
{
    private const long GB = 1L << 30;

    [Theory]
    [InlineData("4GiB", 4 * GB)]
    [InlineData("4294967296", 4 * GB)]
    [InlineData("ram", 16 * GB)]
    [InlineData("ram/2", 8 * GB)]
    [InlineData("RAM * 0.75", 12 * GB)]
    [InlineData("min(ram / 2, 4GiB)", 4 * GB)]
    [InlineData("max(ram/2,4G)", 8 * GB)]
    [InlineData("min(ram, 6G, 5G)", 5 * GB)]
    [InlineData("min(max(ram/8, 1GB), 3 * (512MB + 512MB)) - 1G", GB)]
    [InlineData("(ram)", 16 * GB)]
    [InlineData("1.5G", GB + (GB / 2))]
    public void Sizes_are_computed_from_memory(string text, long bytes) => Assert.Equal(bytes, SizeExpression.Evaluate(text, 16 * GB));

    [Theory]
    [InlineData("")]
    [InlineData("ram/")]
    [InlineData("ram/0")]
    [InlineData("min(ram")]
    [InlineData("min ram")]
    [InlineData("4XB")]
    [InlineData("ram ram")]
    [InlineData("1-2")]
    [InlineData("0")]
    [InlineData("-1GB")]
    [InlineData("swap")]
    [InlineData("9999999999999G")]
    [InlineData("ram*ram*ram*ram")]
    public void What_is_no_size_says_what_one_is(string text) =>
        Assert.Contains("min(ram/2, 4GiB)", Assert.Throws<FormatException>(() => SizeExpression.Evaluate(text, 16 * GB)).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_a_size_or_none()
    {
        Random random = new(20260131);
        string[] parts = ["ram", "min(", "max(", "(", ")", ",", "+", "-", "*", "/", "4G", "1.5", "0", " ", "x", "é", "\0", "99999999999"];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                Assert.True(SizeExpression.Evaluate(text, 16 * GB) > 0);
            }
            catch (FormatException)
            {
            }
        }
        Assert.Throws<FormatException>(() => SizeExpression.Evaluate(new string('(', 100_000), GB));
    }
}
