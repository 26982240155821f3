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
}
