using System.Text;
using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>A ListControl, or all properties where there is none: one line a property, "Name : value".</summary>
internal sealed class ListLayout : ViewLayout
{
    private const int LeastValue = 20;

    private readonly (string Label, Func<object, string> TextOf)[] _rows;
    private readonly int _labelWidth;
    private readonly int _valueWidth;

    public ListLayout(XElement control, int width)
        : this([.. control.Descendants("ListItem").Select(Row)], width)
    {
    }

    private ListLayout((string Label, Func<object, string> TextOf)[] rows, int width)
    {
        _rows = rows;
        _labelWidth = rows.Length == 0 ? 0 : rows.Max(row => row.Label.Length);
        _valueWidth = Math.Max(LeastValue, width - _labelWidth - 3);
    }

    /// <summary>All properties of a type.</summary>
    public static ListLayout For(Type type, int width) =>
        new([.. ShownProperty.Of(type).Select(p => (p.Name, (Func<object, string>)(item => ValueText.Of(p.Get(item)))))], width);

    public override void WriteItem(StringBuilder text, object item)
    {
        foreach ((string label, Func<object, string> textOf) in _rows)
        {
            string value = textOf(item);
            text.Append(label.PadRight(_labelWidth)).Append(" :");
            if (value.Length > 0)
            {
                text.Append(' ');
            }
            // Long values go on under their beginning.
            for (int start = 0; start < value.Length; start += _valueWidth)
            {
                text.Append(' ', start == 0 ? 0 : _labelWidth + 3).Append(value.AsSpan(start, Math.Min(_valueWidth, value.Length - start)));
                text.Append(start + _valueWidth < value.Length ? "\n" : "");
            }
            text.Append('\n');
        }
    }

    private static (string Label, Func<object, string> TextOf) Row(XElement item)
    {
        ViewCell cell = ViewCell.From(item);
        return (item.Element("Label")?.Value ?? cell.Property ?? "", item => ValueText.Clean(cell.TextOf(item)));
    }
}
