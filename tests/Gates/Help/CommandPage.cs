using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;
using YamlDotNet.Serialization;

namespace LinuxMemory.Gates;

/// <summary>A page of docs/cmdlets, in the schema of PlatyPS.</summary>
public sealed partial class CommandPage
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
    private readonly Dictionary<string, string> _chapters;

    private CommandPage(string text)
    {
        Text = text;
        _chapters = Split(text, "## ");
        Examples = [.. Split(_chapters["EXAMPLES"], "### ")];
        Parameters = Split(_chapters["PARAMETERS"], "### -");
        Inputs = Split(_chapters["INPUTS"], "### ");
        Outputs = Split(_chapters["OUTPUTS"], "### ");
    }

    public static string Folder { get; } = Checkout.Path("docs", "cmdlets");

    public string Text { get; }

    public string Synopsis => _chapters["SYNOPSIS"];

    public string Description => _chapters["DESCRIPTION"];

    public string Notes => _chapters["NOTES"];

    public IReadOnlyList<KeyValuePair<string, string>> Examples { get; }

    public IReadOnlyDictionary<string, string> Parameters { get; }

    public IReadOnlyDictionary<string, string> Inputs { get; }

    public IReadOnlyDictionary<string, string> Outputs { get; }

    public static CommandPage Of(string cmdlet) => new(File.ReadAllText(Path.Join(Folder, cmdlet + ".md")));

    /// <summary>A parameter's text without its block of facts.</summary>
    public string ParameterText(string name) => YamlBlock().Replace(Parameters[name], "");

    /// <summary>How the page says that a parameter is used.</summary>
    public IEnumerable<ParameterUse> ParameterUses(string name) =>
        Yaml.Deserialize<Facts>(YamlBlock().Match(Parameters[name]).Groups["yaml"].Value).ParameterSets
            .Select(set => new ParameterUse(set.Name, set.Position, set.IsRequired, set.ValueFromPipeline, set.ValueFromPipelineByPropertyName));

    /// <summary>The blocks between fences of a language, without the fences.</summary>
    public static IEnumerable<string> Fenced(string text, string language) =>
        Fence().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["body"].Value);

    private static Dictionary<string, string> Split(string text, string heading)
    {
        Dictionary<string, string> parts = [];
        foreach (string part in Regex.Split(text, $"(?m)^{heading}").Skip(1))
        {
            string[] titleAndText = part.Split('\n', 2);
            parts.Add(titleAndText[0].Trim(), titleAndText.ElementAtOrDefault(1)?.Trim('\n') ?? "");
        }
        return parts;
    }

    [GeneratedRegex("(?ms)^```yaml\n(?<yaml>.*?)^```.*")]
    private static partial Regex YamlBlock();

    [GeneratedRegex("(?ms)^```(?<language>\\w+)\n(?<body>.*?)^```[ \t]*$")]
    private static partial Regex Fence();

    private sealed class Facts
    {
        public List<SetFacts> ParameterSets { get; set; } = [];
    }

    private sealed class SetFacts
    {
        public string Name { get; set; } = "";

        public string Position { get; set; } = "";

        public bool IsRequired { get; set; }

        public bool ValueFromPipeline { get; set; }

        public bool ValueFromPipelineByPropertyName { get; set; }
    }
}
