using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

public class DurationTests
{
    [Theory]
    [InlineData("150ms", 0.15)]
    [InlineData("2s", 2)]
    [InlineData("0.5", 0.5)]
    [InlineData(" 30 ", 30)]
    [InlineData("5m", 300)]
    [InlineData("00:01:00", 60)]
    [InlineData("PT2S", 2)]
    public void A_text_means_a_duration_and_a_bare_number_seconds(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ((ITextArgument)new DurationAttribute()).FromText(text));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("5 parsecs")]
    [InlineData("-3s")]
    [InlineData("99999999999999999999d")]
    [InlineData("P")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ((ITextArgument)new DurationAttribute()).FromText(text));

    [Fact]
    public void Numbers_are_seconds_and_durations_stay()
    {
        DurationAttribute attribute = new();

        Assert.Equal(TimeSpan.FromSeconds(3), attribute.Transform(null!, 3));
        Assert.Equal(TimeSpan.FromSeconds(2), attribute.Transform(null!, (short)2));
        Assert.Equal(TimeSpan.FromSeconds(1.5), attribute.Transform(null!, 1.5));
        Assert.Equal(TimeSpan.FromTicks(7), attribute.Transform(null!, TimeSpan.FromTicks(7)));
    }
}
