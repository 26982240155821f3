using System.Text;

namespace LinuxMemory.CommandLine;

/// <summary>Objects as text, in the views that PowerShell reads.</summary>
internal sealed class TextOutput(OutputBuffer buffer, ConsoleHost host, OutputFormat format) : ObjectOutput(buffer)
{
    private readonly StringBuilder _text = new();
    private Type? _type;
    private FormatView? _view;
    private ViewLayout? _layout;
    private object? _group;

    public override void Write(object item)
    {
        bool isFirst = _type is null;
        bool isNewType = item.GetType() != _type;
        if (isNewType)
        {
            Choose(item.GetType());
        }
        object? group = _view?.GroupBy?.ValueOf(item);
        bool isNewGroup = isNewType || !Equals(group, _group);
        _group = group;
        if (!isFirst && (isNewGroup || _layout!.IsSpaced))
        {
            _text.Append('\n');
        }
        if (isNewGroup)
        {
            if (_view?.GroupBy is ViewCell cell)
            {
                _text.Append($"   {_view.GroupLabel}: {ValueText.Clean(cell.TextOf(item))}\n\n");
            }
            _layout!.WriteHeader(_text);
        }
        _layout!.WriteItem(_text, item);
        Send();
    }

    public override bool TryWriteLine(string text)
    {
        WriteText(text, 0);
        return true;
    }

    /// <summary>Writes text that is ready, and hands back the exit code.</summary>
    public int WriteText(string text, int code)
    {
        _text.Append(text).Append('\n');
        Send();
        return code;
    }

    private void Choose(Type type)
    {
        _type = type;
        _view = null;
        if (IsPlain(type))
        {
            _layout = new PlainLayout();
            return;
        }
        foreach (FormatView view in FormatView.For(type, host.Folder))
        {
            if (view.Layout(format, host.Width) is ViewLayout layout)
            {
                _view = view;
                _layout = layout;
                return;
            }
        }
        _layout = ListLayout.For(type, host.Width);
    }

    private static bool IsPlain(Type type) => type == typeof(string) || type.IsPrimitive || type.IsEnum;

    private void Send()
    {
        Buffer.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }

    private sealed class PlainLayout : ViewLayout
    {
        public override bool IsSpaced => false;

        public override void WriteItem(StringBuilder text, object item) => text.Append(item is string line ? line : ValueText.Of(item)).Append('\n');
    }
}
