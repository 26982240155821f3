using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

public class AboutTests
{
    public static TheoryData<string> Topics => [.. Directory.GetFiles(Checkout.Path("docs", "about")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_topic_has_its_source_and_every_source_its_topic()
    {
        IEnumerable<string> built = Directory.GetFiles(Checkout.Path("en-US"), "about_*.help.txt").Select(file => Path.GetFileName(file)[..^".help.txt".Length]);

        Assert.Equal(Topics.Select(row => row.Data), built.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_topic_says_what_its_source_says_within_eighty_columns(string topic)
    {
        string source = File.ReadAllText(Checkout.Path("docs", "about", topic + ".md"));
        string built = File.ReadAllText(Checkout.Path("en-US", topic + ".help.txt"));

        Assert.Equal("TOPIC " + Words.OfMarkdown(source), Words.Of(built), ignoreCase: true);
        Assert.All(built.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("\nSHORT DESCRIPTION\n", built, StringComparison.Ordinal);
    }
}
