using System.Xml;
using System.Xml.Linq;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>A command of en-US/LinuxMemory.dll-Help.xml: what Get-Help shows.</summary>
public sealed class CommandXml(XElement command)
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>All commands, by name.</summary>
    public static IReadOnlyDictionary<string, CommandXml> All { get; } =
        XDocument.Load(Checkout.Path("en-US", "LinuxMemory.dll-Help.xml")).Descendants(Command + "command")
            .ToDictionary(command => command.Element(Command + "details")!.Element(Command + "name")!.Value, command => new CommandXml(command));

    public string Synopsis => Text(command.Element(Command + "details")!.Element(Maml + "description"));

    public string Description => Text(command.Element(Maml + "description"));

    public string Notes => Text(command.Element(Maml + "alertSet"));

    public IReadOnlyDictionary<string, string> Parameters =>
        command.Element(Command + "parameters")!.Elements()
            .ToDictionary(parameter => parameter.Element(Maml + "name")!.Value, parameter => Text(parameter.Element(Maml + "description")));

    public IReadOnlyDictionary<string, string> Inputs => Types(command.Element(Command + "inputTypes")!);

    public IReadOnlyDictionary<string, string> Outputs => Types(command.Element(Command + "returnValues")!);

    /// <summary>Title and text of each example: introduction, command with output, remarks.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Examples =>
        [.. command.Element(Command + "examples")!.Elements().Select(example => KeyValuePair.Create(
            example.Element(Maml + "title")!.Value.Trim('-', ' '),
            string.Join("\n", Text(example.Element(Maml + "introduction")), example.Element(Dev + "code")!.Value, Text(example.Element(Dev + "remarks")))))];

    /// <summary>For each parameter set what its parameters are, as "-Name position required".</summary>
    public IReadOnlyList<IEnumerable<string>> Sets =>
        [.. command.Element(Command + "syntax")!.Elements(Command + "syntaxItem")
            .Select(item => item.Elements(Command + "parameter").Select(parameter => Describe(
                parameter.Element(Maml + "name")!.Value,
                parameter.Attribute("position")!.Value,
                XmlConvert.ToBoolean(parameter.Attribute("required")!.Value))))];

    /// <summary>What the XML says of a parameter and the pipeline: "false", "true (ByValue)" ...</summary>
    public string PipelineInput(string name) =>
        command.Element(Command + "parameters")!.Elements()
            .Single(parameter => parameter.Element(Maml + "name")!.Value == name)
            .Attribute("pipelineInput")!.Value;

    public static string Describe(string name, string position, bool required) =>
        $"-{name} {position.ToLowerInvariant()} {(required ? "required" : "optional")}";

    private static Dictionary<string, string> Types(XElement list) =>
        list.Elements().ToDictionary(item => item.Element(Dev + "type")!.Element(Maml + "name")!.Value, item => Text(item.Element(Maml + "description")));

    private static string Text(XElement? element) => string.Join("\n\n", element?.Descendants(Maml + "para").Select(para => para.Value) ?? []);
}
