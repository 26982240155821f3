using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>The module's help as PowerShell reads it: MAML, one command element for each cmdlet.</summary>
internal sealed class HelpFile
{
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly Dictionary<string, XElement> _commands;

    private HelpFile(IEnumerable<XElement> commands) => _commands = commands.ToDictionary(
        command => command.Descendants(Command + "name").First().Value.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The help beside the executable; empty where there is none.</summary>
    public static HelpFile Open(string folder)
    {
        string path = Path.Join(folder, "en-US", "LinuxMemory.dll-Help.xml");
        return new HelpFile(File.Exists(path) ? XDocument.Load(path).Descendants(Command + "command") : []);
    }

    /// <summary>A cmdlet's help; null where there is none.</summary>
    public XElement? Of(string cmdlet) => _commands.GetValueOrDefault(cmdlet);

    /// <summary>One sentence on a cmdlet; empty where there is none.</summary>
    public string Synopsis(string cmdlet) =>
        string.Join(' ', Paragraphs(Of(cmdlet)?.Element(Command + "details")?.Element(Maml + "description")));

    /// <summary>The paragraphs under an element.</summary>
    public static IEnumerable<string> Paragraphs(XElement? parent) =>
        parent?.Descendants(Maml + "para").Select(para => para.Value.Trim()).Where(text => text.Length > 0) ?? [];
}
