using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace LinuxMemory.Commands;

/// <summary>
/// The properties of an object from the pipeline by their names, whatever it went through: an object of ours, one of another
/// session, or one of Import-Csv or ConvertFrom-Json, where numbers and times may be text.
/// </summary>
internal sealed class PipedObject
{
    // So that sums of some thousand of them are numbers still.
    private const long MostBytes = 1L << 50;

    private readonly object _plain;
    private readonly PSObject? _wrapper;

    public PipedObject(object item)
    {
        _wrapper = item as PSObject;
        _plain = item is PSObject { BaseObject: object wrapped } ? wrapped : item;
    }

    /// <summary>The object itself, without PowerShell's wrapper.</summary>
    public object Plain => _plain;

    /// <summary>The property's value; null where the object has none of that name.</summary>
    public object? Value(string name)
    {
        object? value = _plain.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.GetValue(_plain)
            ?? (_plain is System.Collections.IDictionary table ? table[name] : _wrapper?.Properties?[name]?.Value);
        return value is PSObject { BaseObject: object inner and not PSCustomObject } ? inner : value;
    }

    /// <summary>The property as text; null where it is absent or empty.</summary>
    public string? Text(string name) => Value(name) is object value && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <summary>The property as a whole number; null where it is absent or none.</summary>
    public long? Number(string name) => Value(name) switch
    {
        null or bool or Enum => null,
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null,
        double or float or decimal => Rounded(Convert.ToDouble(Value(name), CultureInfo.InvariantCulture)),
        ulong large => large <= long.MaxValue ? (long)large : null,
        IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.UInt64 => number.ToInt64(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The property as a number of bytes; null where it is absent or none, negative or more than any machine has.</summary>
    public long? Bytes(string name) => Number(name) is long bytes and >= 0 and <= MostBytes ? bytes : null;

    /// <summary>The property as an address; text may be hexadecimal with 0x.</summary>
    public ulong? Address(string name) => Value(name) switch
    {
        ulong address => address,
        string text when text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) =>
            ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address) ? address : null,
        string text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong address) ? address : null,
        System.Numerics.BigInteger big when big >= 0 && big <= ulong.MaxValue => (ulong)big,
        double or float or decimal or long or int => Number(name) is long number and >= 0 ? (ulong)number : null,
        _ => null,
    };

    /// <summary>The property as a time; text without an offset is local time. Null where it is absent or none, or beyond the calendar.</summary>
    public DateTimeOffset? Time(string name)
    {
        try
        {
            return Moment(Value(name));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Moment(object? value) => value switch
    {
        DateTimeOffset time => time,
        DateTime time => time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Local)) : new DateTimeOffset(time),
        string text => Parse(text),
        // From CLIXML, a job or another session a DateTimeOffset comes as its properties, or only as its text.
        PSObject revived => revived.Properties?[nameof(DateTimeOffset.UtcTicks)]?.Value is long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : Parse(revived.ToString()),
        _ => null,
    };

    // JSON writes 2026-11-22T05:00:00+00:00; CSV writes times as the session's culture does.
    private static DateTimeOffset? Parse(string text)
    {
        CultureInfo[] cultures = text.Contains('T', StringComparison.Ordinal)
            ? [CultureInfo.InvariantCulture]
            : [CultureInfo.CurrentCulture, CultureInfo.InvariantCulture];
        foreach (CultureInfo culture in cultures)
        {
            if (DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeLocal, out DateTimeOffset time))
            {
                return time;
            }
        }
        return null;
    }

    private static long? Rounded(double number) => Math.Abs(number) < long.MaxValue ? (long)number : null;
}
