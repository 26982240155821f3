using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

public class WildcardNameTests
{
    // Each row was compared with PowerShell 7.6's -like, but for the unclosed bracket, which is an error there.
    [Theory]
    [InlineData("pwsh", "pwsh", true)]
    [InlineData("PWSH", "pwsh", true)]
    [InlineData("pwsh", "pwsh2", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("p*h", "pwsh", true)]
    [InlineData("p*h", "pwshx", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*ab", "aab", true)]
    [InlineData("*.so.?", "libc.so.6", true)]
    [InlineData("[a-c]at", "Bat", true)]
    [InlineData("[A-C]at", "bat", true)]
    [InlineData("[a-c]at", "rat", false)]
    [InlineData("[]x]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("a[bc]*", "acdc", true)]
    [InlineData("`*", "*", true)]
    [InlineData("`*", "x", false)]
    [InlineData("a`[b", "a[b", true)]
    [InlineData("[`]x]", "]", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("x`", "x`", true)]
    [InlineData("a b*", "A b\nc)", true)]
    public void A_pattern_matches_as_in_PowerShell(string pattern, string name, bool matches)
    {
        Assert.Equal(matches, new WildcardName(pattern).IsMatch(name));
    }

    [Theory]
    [InlineData("pwsh", false)]
    [InlineData("pw*", true)]
    [InlineData("pw`*", false)]
    [InlineData("a[b]", true)]
    [InlineData("a?", true)]
    [InlineData("[", false)]
    [InlineData("a[b", false)]
    [InlineData("a[b*", true)]
    public void It_knows_whether_it_can_mean_several_names(string pattern, bool hasWildcard)
    {
        Assert.Equal(hasWildcard, new WildcardName(pattern).HasWildcard);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("kworker/0:1*[x]?`")]
    public void An_escaped_name_means_itself(string name)
    {
        WildcardName pattern = new(WildcardName.Escape(name));

        Assert.False(pattern.HasWildcard);
        Assert.True(pattern.IsMatch(name));
    }

    [Fact]
    public void Many_stars_do_not_take_forever()
    {
        Assert.False(new WildcardName(string.Concat(Enumerable.Repeat("*a", 40)) + "b").IsMatch(new string('a', 5000)));
    }
}
