using System.Collections;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>
/// The properties of an object that a view shows. An object from another session (a job, remoting, Import-Clixml) has them
/// only in PowerShell's wrapper, not in its type.
/// </summary>
internal static class Shown
{
    /// <summary>The property's value; null where the object has none of that name.</summary>
    public static object? Value(object item, string property)
    {
        if (IsRevived(item))
        {
            object? value = ((PSObject)item).Properties[property]?.Value;
            return value is PSObject inner && !IsRevived(inner) ? inner.BaseObject : value;
        }
        object plain = item is PSObject { BaseObject: object wrapped } ? wrapped : item;
        return plain.GetType().GetProperty(property)?.GetValue(plain);
    }

    private static bool IsRevived(object item) => item is PSObject { BaseObject: null or PSCustomObject };

    /// <summary>The value as text; null where there is none. Of another session, words and times are only known by the wrapper's text.</summary>
    public static string? Text(object item, string property) =>
        (IsRevived(item) ? ((PSObject)item).Properties[property]?.Value : Value(item, property))?.ToString();

    /// <summary>The value as a number; null where there is none.</summary>
    public static long? Number(object item, string property) => Value(item, property) switch
    {
        null => null,
        IConvertible number => number.ToInt64(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The value as an address; null where there is none.</summary>
    public static ulong? Address(object item, string property) => Value(item, property) switch
    {
        ulong address => address,
        long address and >= 0 => (ulong)address,
        int address and >= 0 => (ulong)address,
        // From Import-Csv and the like.
        string text when ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong address) => address,
        _ => null,
    };

    /// <summary>The value as a number with a fraction; null where there is none.</summary>
    public static double? Fraction(object item, string property) =>
        Value(item, property) is IConvertible number ? number.ToDouble(System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>The things in a list; none where there is no list.</summary>
    public static IEnumerable<object> Items(object item, string property) =>
        Value(item, property) is IEnumerable many and not string ? many.Cast<object?>().OfType<object>() : [];
}
