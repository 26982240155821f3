using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

public class WrappedTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("at least 4 GB", "at least 4\nGB")]
    [InlineData("0123456789", "0123456789")]
    [InlineData("0123456789 then", "0123456789\nthen")]
    [InlineData("/sys/kernel/debug is not", "/sys/kerne\nl/debug is\nnot")]
    public void Lines_end_between_words_where_they_can(string? text, string expected) =>
        Assert.Equal(expected, WrappedText.Of(text, 10));
}
