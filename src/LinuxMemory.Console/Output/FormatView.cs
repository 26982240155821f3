using System.Globalization;
using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>One View element of a format file.</summary>
internal sealed class FormatView
{
    private FormatView(XElement view)
    {
        Name = view.Element("Name")!.Value;
        Types = [.. view.Descendants("ViewSelectedBy").Elements("TypeName").Select(type => type.Value.Trim())];
        if (view.Element("GroupBy") is XElement group)
        {
            GroupBy = ViewCell.From(group);
            GroupLabel = group.Element("Label")?.Value ?? GroupBy.Property;
        }
        Control = view.Elements().First(element => element.Name.LocalName.EndsWith("Control", StringComparison.Ordinal));
    }

    public string Name { get; }

    /// <summary>Full names of the types that the view is for.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>What objects under one heading have in common; null without groups.</summary>
    public ViewCell? GroupBy { get; }

    public string? GroupLabel { get; }

    /// <summary>TableControl, ListControl or CustomControl.</summary>
    public XElement Control { get; }

    /// <summary>The views of a format file.</summary>
    public static IEnumerable<FormatView> Load(string path) => XDocument.Load(path).Descendants("View").Select(view => new FormatView(view));

    /// <summary>The views for a type in the order of the files, from those that lie in a folder.</summary>
    public static IReadOnlyList<FormatView> For(Type type, string folder)
    {
        string name = type.FullName!;
        // A look at the text spares most of the parsing.
        return [.. Directory.GetFiles(folder, "*.Format.ps1xml").Order(StringComparer.Ordinal)
            .Where(path => File.ReadAllText(path).Contains($">{name}<", StringComparison.Ordinal))
            .SelectMany(Load).Where(view => view.Types.Contains(name))];
    }

    /// <summary>The layout for a number of columns; with a format that is not the view's own, null.</summary>
    public ViewLayout? Layout(OutputFormat format, int width) => (Control.Name.LocalName, format) switch
    {
        ("TableControl", OutputFormat.Text or OutputFormat.Table) => new TableLayout(Control, width),
        ("ListControl", OutputFormat.Text or OutputFormat.List) => new ListLayout(Control, width),
        ("CustomControl", OutputFormat.Text) => new CustomLayout(Control),
        _ => null,
    };

    /// <summary>A whole number in an element; null without it.</summary>
    public static int? Number(XElement parent, string name) =>
        parent.Element(name) is XElement element ? int.Parse(element.Value, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
