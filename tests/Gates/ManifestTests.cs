using LinuxMemory.CommandLine;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

public class ManifestTests
{
    [Fact]
    public void The_manifest_names_no_wildcards()
    {
        string manifest = File.ReadAllText(Checkout.Path("LinuxMemory.psd1"));

        Assert.DoesNotContain("'*'", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_that_there_are() =>
        Assert.Equal(CommandTable.All.Select(command => command.Name).Order(StringComparer.Ordinal),
            Manifest.List("CmdletsToExport").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("FormatsToProcess", "*.Format.ps1xml")]
    [InlineData("TypesToProcess", "*.Types.ps1xml")]
    public void The_manifest_lists_exactly_the_view_and_type_files(string key, string pattern)
    {
        IEnumerable<string> written = Directory.GetFiles(Checkout.Path("src", "LinuxMemory"), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(path => "bin/" + Path.GetFileName(path));

        Assert.Equal(written.Order(StringComparer.Ordinal), Manifest.List(key).Order(StringComparer.Ordinal));
        Assert.All(Manifest.List(key), file => Assert.True(File.Exists(Checkout.Path(file)), $"{file} is not built."));
    }
}
