using System.Text;
using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>A CustomControl: texts, expressions, new lines and indented frames.</summary>
internal sealed class CustomLayout(XElement control) : ViewLayout
{
    private readonly XElement _entry = control.Element("CustomEntries")!.Element("CustomEntry")!;
    private readonly Dictionary<XElement, ViewCell> _cells = [];

    public override bool IsSpaced => false;

    public override void WriteItem(StringBuilder text, object item)
    {
        Write(text, _entry, item, indent: 0);
        text.Append('\n');
    }

    private void Write(StringBuilder text, XElement parent, object item, int indent)
    {
        foreach (XElement element in parent.Elements("CustomItem").Elements())
        {
            switch (element.Name.LocalName)
            {
                case "Text":
                    Append(text, element.Value, indent);
                    break;
                case "NewLine":
                    text.Append('\n');
                    break;
                case "ExpressionBinding":
                    Append(text, CellOf(element).ValueOf(item) is string value ? value : CellOf(element).TextOf(item), indent);
                    break;
                case "Frame":
                    Write(text, element, item, indent + (FormatView.Number(element, "LeftIndent") ?? 0));
                    break;
            }
        }
    }

    private ViewCell CellOf(XElement element) => _cells.TryGetValue(element, out ViewCell? cell) ? cell : _cells[element] = ViewCell.From(element);

    private static void Append(StringBuilder text, string value, int indent)
    {
        string[] lines = value.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            bool isNew = i > 0 || text.Length == 0 || text[^1] == '\n';
            text.Append(i > 0 ? "\n" : "").Append(' ', isNew ? indent : 0).Append(ValueText.Clean(lines[i]));
        }
    }
}
