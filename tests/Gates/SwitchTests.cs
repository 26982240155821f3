using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>A SwitchParameter is always off outside PowerShell, so cmdlets ask MemoryCmdlet.IsOn(Switch).</summary>
public class SwitchTests
{
    [Fact]
    public void Only_the_base_class_asks_a_switch_parameter()
    {
        IEnumerable<string> askers = Directory.GetFiles(Checkout.Path("src", "LinuxMemory"), "*.cs", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains(".IsPresent", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path));

        Assert.Equal(["MemoryCmdlet.cs"], askers);
    }

    [Fact]
    public void No_switch_parameter_is_used_as_a_bool()
    {
        using PEReader assembly = new(File.OpenRead(typeof(MemoryCmdlet).Assembly.Location));
        MetadataReader metadata = assembly.GetMetadataReader();

        IEnumerable<string> members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference
                && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == "SwitchParameter")
            .Select(member => metadata.GetString(member.Name));

        Assert.Equal(["get_IsPresent"], members);
    }
}
