using System.Text;
using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>A TableControl: one line an object, or several where a cell has several, under a header.</summary>
internal sealed class TableLayout : ViewLayout
{
    private readonly List<Column> _columns = [];
    private readonly bool _hidesHeader;
    private readonly bool _wraps;

    public TableLayout(XElement control, int width)
    {
        _hidesHeader = control.Element("HideTableHeaders") is not null;
        XElement[] headers = [.. control.Element("TableHeaders")!.Elements("TableColumnHeader")];
        XElement row = control.Element("TableRowEntries")!.Element("TableRowEntry")!;
        _wraps = row.Element("Wrap") is not null;
        XElement[] items = [.. row.Element("TableColumnItems")!.Elements("TableColumnItem")];
        int left = width;
        for (int i = 0; i < items.Length && left > 0; i++)
        {
            ViewCell cell = ViewCell.From(items[i]);
            bool isLast = i == items.Length - 1;
            bool isRight = (items[i].Element("Alignment") ?? headers[i].Element("Alignment"))?.Value.Trim() == "Right";
            string label = headers[i].Element("Label")?.Value ?? cell.Property ?? "";
            int? wanted = FormatView.Number(headers[i], "Width");
            // What does not fit is left out from the right, as PowerShell does; the last column takes what is left, and the first is never left out.
            int cells = isLast && !isRight ? left : wanted ?? Math.Max(label.Length, 10);
            if (i > 0 && (cells > left || (isLast && wanted > left)))
            {
                break;
            }
            cells = Math.Min(cells, left);
            _columns.Add(new Column(cell, label, cells, isRight, isLast));
            left -= cells + 1;
        }
    }

    public override bool IsSpaced => false;

    public override void WriteHeader(StringBuilder text)
    {
        if (!_hidesHeader)
        {
            WriteLine(text, i => _columns[i].Label);
            WriteLine(text, i => new string('-', Math.Min(_columns[i].Label.Length, _columns[i].Width)));
        }
    }

    public override void WriteItem(StringBuilder text, object item)
    {
        string[][] cells = [.. _columns.Select(column => _wraps ? column.Wrap(column.Cell.LinesOf(item)) : [ValueText.Clean(column.Cell.TextOf(item))])];
        int height = cells.Max(lines => lines.Length);
        for (int line = 0; line < height; line++)
        {
            WriteLine(text, i => line < cells[i].Length ? cells[i][line] : "");
        }
    }

    private void WriteLine(StringBuilder text, Func<int, string> textOf)
    {
        int start = text.Length;
        for (int i = 0; i < _columns.Count; i++)
        {
            text.Append(_columns[i].Fit(textOf(i))).Append(' ');
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

        public string[] Wrap(string[] lines) => [.. lines.SelectMany(Parts)];

        // A line goes on below its beginning, from a new word where there is one.
        private IEnumerable<string> Parts(string line)
        {
            while (line.Length > Width && Width > 0)
            {
                int blank = line.LastIndexOf(' ', Width);
                int end = blank > 0 ? blank : Width;
                yield return line[..end];
                line = line[end..].TrimStart(' ');
            }
            yield return line;
        }
    }
}
