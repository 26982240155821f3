using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>
/// A command with the arguments that it got, as text that another session understands: the line that the user wrote may hold
/// variables, or be one of several.
/// </summary>
internal static class CommandText
{
    /// <summary>The cmdlet's name and every bound parameter; an object from the pipeline is named by its id.</summary>
    public static string Of(string name, IEnumerable<KeyValuePair<string, object>> bound) =>
        string.Join(' ', bound.Select(parameter => Parameter(parameter.Key, Plain(parameter.Value))).Prepend(name));

    /// <summary>A word as it is, anything else in single quotes.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '*') && !text.StartsWith('-')
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Parameter(string name, object? value) => (name, value) switch
    {
        ("InputObject", IEnumerable many and not string) => $"-Id {string.Join(',', many.Cast<object?>().Select(item => IdOf(Plain(item))))}",
        ("InputObject", _) => $"-Id {IdOf(value)}",
        (_, SwitchParameter) => $"-{name}:${value}", // "$True" or "$False"
        (_, IEnumerable many and not string) => $"-{name} {string.Join(',', many.Cast<object?>().Select(item => Text(Plain(item))))}",
        _ => $"-{name} {Text(value)}",
    };

    private static string Text(object? value) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        sbyte or byte or short or ushort or int or uint or long or ulong or double or float or decimal => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string IdOf(object? item) => Text(item?.GetType().GetProperty("ProcessId")?.GetValue(item) ?? item?.GetType().GetProperty("Id")?.GetValue(item) ?? item);

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
