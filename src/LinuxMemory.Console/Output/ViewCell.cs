using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>
/// What a view shows at one place: a property, or a script block of the form [LinuxMemory.Commands.X]::Method($_.Property)
/// or ...::Method($_), which is called without a PowerShell.
/// </summary>
internal sealed partial class ViewCell
{
    private readonly string? _property;
    private readonly string? _format;
    private readonly MethodInfo? _method;

    private ViewCell(string? property, MethodInfo? method, string? format) => (_property, _method, _format) = (property, method, format);

    /// <summary>The property that is read; null when the object itself is handed to the method.</summary>
    public string? Property => _property;

    /// <summary>The cell that an element with a PropertyName or a ScriptBlock describes.</summary>
    /// <exception cref="FormatException">The script block has another form, or names no method.</exception>
    public static ViewCell From(XElement element)
    {
        string? format = element.Element("FormatString")?.Value;
        if (element.Element("PropertyName")?.Value.Trim() is string property)
        {
            return new ViewCell(property, null, format);
        }
        string script = element.Element("ScriptBlock")?.Value.Trim() ?? "";
        Match match = Script().Match(script);
        MethodInfo? method = !match.Success ? null
            : typeof(MemoryCmdlet).Assembly.GetType(match.Groups["type"].Value)?.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .FirstOrDefault(m => m.Name == match.Groups["method"].Value && m.GetParameters().Length == 1);
        return method is null
            ? throw new FormatException($"The view's script block '{script}' is no [LinuxMemory.Commands.X]::Method($_.Property) with a public static method.")
            : new ViewCell(match.Groups["property"] is { Success: true } name ? name.Value : null, method, format);
    }

    /// <summary>The text for an object.</summary>
    public string TextOf(object item)
    {
        object? value = ValueOf(item);
        return _format is null ? ValueText.Of(value) : string.Format(CultureInfo.InvariantCulture, _format, value);
    }

    /// <summary>The same as lines, where a method of the view made several.</summary>
    public string[] LinesOf(object item) => _method is not null && _format is null && ValueOf(item) is string made
        ? [.. made.Split('\n').Select(ValueText.Clean)]
        : [TextOf(item)];

    /// <summary>The value for an object: what groups are told apart by.</summary>
    public object? ValueOf(object item)
    {
        object? value = _property is null ? item
            : ShownProperty.Of(item.GetType()).FirstOrDefault(p => p.Name.Equals(_property, StringComparison.OrdinalIgnoreCase))?.Get(item);
        return _method is null ? value : _method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value], null);
    }

    [GeneratedRegex(@"^\[(?<type>LinuxMemory\.Commands\.\w+)\]::(?<method>\w+)\(\$_(\.(?<property>\w+))?\)$")]
    private static partial Regex Script();
}
