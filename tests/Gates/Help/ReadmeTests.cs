using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

public partial class ReadmeTests
{
    [Fact]
    public void The_table_of_cmdlets_lists_each_with_its_synopsis()
    {
        IEnumerable<(string, string)> rows = Row().Matches(File.ReadAllText(Checkout.Path("README.md")))
            .Select(row => (row.Groups["name"].Value, row.Groups["text"].Value));

        Assert.Equal(
            CmdletCode.All.Select(cmdlet => (cmdlet.Name, CommandPage.Of(cmdlet.Name).Synopsis)),
            rows.OrderBy(row => row.Item1, StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?m)^\| \[(?<name>\w+-\w+)\]\(docs/cmdlets/\k<name>\.md\) \| (?<text>.*?) \| [^|]+ \|$")]
    private static partial Regex Row();
}
