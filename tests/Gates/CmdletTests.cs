using System.Management.Automation;
using System.Reflection;
using LinuxMemory.CommandLine;
using LinuxMemory.Commands;

namespace LinuxMemory.Gates;

/// <summary>What holds for every cmdlet, read from its attributes.</summary>
public class CmdletTests
{
    // Verbs of the planned names that change the machine; Invoke and Resolve alone say nothing about it.
    private static readonly string[] Changing = ["Set", "New", "Remove", "Clear", "Enable", "Disable", "Undo", "Resize", "Move", "Restore"];

    // Words that end in s and are no plurals.
    private static readonly string[] Singular = ["Process", "Access", "Status", "Address", "Statistics", "Class", "Bus", "Swappiness"];

    public static TheoryData<string> Names => [.. CommandTable.All.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_verb_is_approved(string name)
    {
        IEnumerable<string?> verbs = typeof(VerbsCommon).Assembly.GetExportedTypes().Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => field.GetRawConstantValue() as string);

        // Newer than PowerShellStandard: 7.0 approves Build and Deploy, too, which no cmdlet of ours needs.
        Assert.Contains(name.Split('-')[0], verbs);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_noun_is_singular(string name) =>
        Assert.True(!name.EndsWith('s') || Singular.Any(word => name.EndsWith(word, StringComparison.Ordinal)), $"{name} reads like a plural.");

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_class_is_sealed_and_named_after_it(string name)
    {
        Type type = CommandTable.Find(name).Type;

        Assert.True(type.IsSealed);
        Assert.Equal(name.Replace("-", "", StringComparison.Ordinal) + "Command", type.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_writes_and_each_type_has_a_view(string name)
    {
        Type[] types = [.. CommandTable.Find(name).OutputTypes];

        Assert.NotEmpty(types);
        // Arrays and numbers look right without.
        Assert.All(types.Where(type => type.Namespace == "LinuxMemory" && !type.IsEnum), type =>
            Assert.True(FormatView.For(type, AppContext.BaseDirectory).Count > 0, $"{type.Name} has no view."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_that_changes_the_machine_can_be_asked_what_if(string name)
    {
        Command command = CommandTable.Find(name);

        Assert.True(command.CanAsk || !Changing.Contains(name.Split('-')[0]), $"{name} needs SupportsShouldProcess.");
        Assert.True(command.CanAsk || !command.Type.IsSubclassOf(typeof(ChangeCmdlet)), $"{name} needs SupportsShouldProcess.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_parameter_takes_a_name_of_PowerShell_or_the_Console(string name)
    {
        string[] reserved = [.. typeof(CommonParameters).GetProperties().Select(property => property.Name), "Debug", "InformationAction", "OutVariable", "OutBuffer", "PipelineVariable", "ProgressAction"];

        Assert.Empty(CommandTable.Find(name).Parameters.Where(p => !p.IsCommon).SelectMany(p => p.Aliases.Prepend(p.Name))
            .Intersect(reserved, StringComparer.OrdinalIgnoreCase));
    }
}
