using System.Globalization;

namespace LinuxMemory.Gates;

public class HelpTests
{
    private const string Rebuild = "run: pwsh build.ps1 -Task Help";

    public static TheoryData<string> Cmdlets => [.. CmdletCode.All.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void Pages_and_XML_hold_exactly_the_cmdlets_of_the_module()
    {
        IEnumerable<string> cmdlets = CmdletCode.All.Select(cmdlet => cmdlet.Name);

        Assert.Equal(cmdlets, Directory.GetFiles(CommandPage.Folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
        Assert.Equal(cmdlets, CommandXml.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_leaves_no_placeholder_and_no_empty_chapter(string cmdlet)
    {
        CommandPage page = CommandPage.Of(cmdlet);

        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        Assert.All([page.Synopsis, page.Description, page.Notes], Assert.NotEmpty);
        Assert.All([.. page.Inputs, .. page.Outputs], type => Assert.NotEmpty(type.Value));
        Assert.NotEmpty(page.Inputs);
        Assert.DoesNotContain('\n', page.Synopsis);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_described_as_the_code_declares_it(string cmdlet)
    {
        CmdletCode code = Code(cmdlet);
        CommandPage page = CommandPage.Of(cmdlet);

        Assert.Equal(code.Parameters.Keys.Order(StringComparer.Ordinal), page.Parameters.Keys.Order(StringComparer.Ordinal));
        Assert.All(code.Parameters, parameter =>
        {
            Assert.NotEmpty(page.ParameterText(parameter.Key).Trim());
            Assert.Equal(parameter.Value.OrderBy(use => use.Set, StringComparer.Ordinal), page.ParameterUses(parameter.Key).OrderBy(use => use.Set, StringComparer.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_XML_shows_the_parameter_sets_of_the_code(string cmdlet)
    {
        CmdletCode code = Code(cmdlet);
        CommandXml xml = CommandXml.All[cmdlet];

        Assert.Equal(
            Sorted(code.Sets.Select(set => Describe([.. code.ParametersOf(set)]))),
            Sorted(xml.Sets));
        Assert.All(code.Parameters, parameter => Assert.Equal(PipelineInput(parameter.Value), xml.PipelineInput(parameter.Key)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_output_type_is_named_in_both(string cmdlet)
    {
        IReadOnlyList<string> types = Code(cmdlet).OutputTypes;

        Assert.NotEmpty(types);
        Assert.Equal(types.Order(StringComparer.Ordinal), CommandPage.Of(cmdlet).Outputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(types.Order(StringComparer.Ordinal), CommandXml.All[cmdlet].Outputs.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void There_are_at_least_two_examples_each_with_a_command_and_its_output(string cmdlet)
    {
        CommandPage page = CommandPage.Of(cmdlet);

        string[] commands = [.. page.Examples.Select(example => string.Join('\n', CommandPage.Fenced(example.Value, "powershell")))];

        Assert.True(commands.Count(command => command.Contains(cmdlet, StringComparison.Ordinal)) >= 2, $"{cmdlet} has {commands.Length} examples");
        Assert.All(commands, Assert.NotEmpty);
        Assert.All(page.Examples, example => Assert.NotEmpty(string.Concat(CommandPage.Fenced(example.Value, "output")).Trim()));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_and_XML_say_the_same(string cmdlet)
    {
        CommandPage page = CommandPage.Of(cmdlet);
        CommandXml xml = CommandXml.All[cmdlet];

        AssertSame(page.Synopsis, xml.Synopsis);
        AssertSame(page.Description, xml.Description);
        AssertSame(page.Notes, xml.Notes);
        Assert.All(page.Parameters.Keys, name => AssertSame(page.ParameterText(name), xml.Parameters[name]));
        Assert.All(page.Inputs, type => AssertSame(type.Value, xml.Inputs[type.Key]));
        Assert.All(page.Outputs, type => AssertSame(type.Value, xml.Outputs[type.Key]));
        Assert.Equal(page.Examples.Select(example => example.Key), xml.Examples.Select(example => example.Key));
        Assert.All(page.Examples.Zip(xml.Examples), pair => AssertSame(pair.First.Value, pair.Second.Value.Replace("PS> ", "", StringComparison.Ordinal)));
    }

    private static CmdletCode Code(string name) => CmdletCode.All.Single(cmdlet => cmdlet.Name == name);

    // PlatyPS counts the positions of each set from 0, without the gaps that the code may leave.
    private static IEnumerable<string> Describe(IReadOnlyList<(string Name, ParameterUse Use)> set)
    {
        int[] positions = [.. set.Where(parameter => parameter.Use.Position != "Named").Select(parameter => int.Parse(parameter.Use.Position, CultureInfo.InvariantCulture)).Order()];
        return set.Select(parameter => CommandXml.Describe(
            parameter.Name,
            int.TryParse(parameter.Use.Position, out int position) ? $"{Array.IndexOf(positions, position)}" : parameter.Use.Position,
            parameter.Use.IsRequired));
    }

    private static string PipelineInput(IReadOnlyList<ParameterUse> uses) =>
        (uses.Any(use => use.FromPipeline), uses.Any(use => use.FromProperty)) switch
        {
            (false, false) => "false",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            (true, true) => "true (ByValue, ByPropertyName)",
        };

    private static IEnumerable<string> Sorted(IEnumerable<IEnumerable<string>> sets) =>
        sets.Select(set => string.Join(", ", set.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal);

    private static void AssertSame(string page, string xml) =>
        Assert.True(Words.OfMarkdown(page) == Words.Of(xml), $"The page says\n{page}\nand the XML\n{xml}\n{Rebuild}");
}
