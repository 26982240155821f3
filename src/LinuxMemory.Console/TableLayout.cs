using System.Text;
using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>A TableControl: one line an object, under a header.</summary>
internal sealed class TableLayout : ViewLayout
{
    private readonly List<Column> _columns = [];
    private readonly bool _hidesHeader;

    public TableLayout(XElement control, int width)
    {
        _hidesHeader = control.Element("HideTableHeaders") is not null;
        XElement[] headers = [.. control.Element("TableHeaders")!.Elements("TableColumnHeader")];
        XElement[] items = [.. control.Element("TableRowEntries")!.Element("TableRowEntry")!.Element("TableColumnItems")!.Elements("TableColumnItem")];
        int left = width;
        for (int i = 0; i < items.Length && left > 0; i++)
        {
            ViewCell cell = ViewCell.From(items[i]);
            bool isLast = i == items.Length - 1;
            bool isRight = (items[i].Element("Alignment") ?? headers[i].Element("Alignment"))?.Value.Trim() == "Right";
            string label = headers[i].Element("Label")?.Value ?? cell.Property ?? "";
            int? wanted = FormatView.Number(headers[i], "Width");
            // What does not fit is left out from the right, as PowerShell does; the last column takes what is left.
            int cells = isLast && !isRight ? left : wanted ?? Math.Max(label.Length, 10);
            if (cells > left || (isLast && wanted > left))
            {
                break;
            }
            _columns.Add(new Column(cell, label, cells, isRight, isLast));
            left -= cells + 1;
        }
    }

    public override bool IsSpaced => false;

    public override void WriteHeader(StringBuilder text)
    {
        if (!_hidesHeader)
        {
            WriteLine(text, column => column.Label);
            WriteLine(text, column => new string('-', Math.Min(column.Label.Length, column.Width)));
        }
    }

    public override void WriteItem(StringBuilder text, object item) => WriteLine(text, column => column.Cell.TextOf(item));

    private void WriteLine(StringBuilder text, Func<Column, string> textOf)
    {
        int start = text.Length;
        foreach (Column column in _columns)
        {
            text.Append(column.Fit(ValueText.Clean(textOf(column)))).Append(' ');
        }
        while (text.Length > start && text[^1] == ' ')
        {
            text.Length--;
        }
        text.Append('\n');
    }

    private sealed record Column(ViewCell Cell, string Label, int Width, bool IsRight, bool IsLast)
    {
        public string Fit(string text) => IsRight
            ? (text.Length > Width ? "…" + text[^(Width - 1)..] : text.PadLeft(Width))
            : text.Length > Width ? string.Concat(text.AsSpan(0, Width - 1), "…")
            : IsLast ? text : text.PadRight(Width);
    }
}
