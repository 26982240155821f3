using System.Globalization;
using System.Management.Automation;
using System.Xml;

namespace LinuxMemory.Commands;

/// <summary>
/// Lets a parameter of type TimeSpan take a duration as people write it: 150ms, 2s, 5m, 1h, 7d, 00:00:02, or a number of seconds,
/// which PowerShell alone would take for ticks or for days. Unquoted, 2s and 7d are numbers of PowerShell: a short and a decimal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute, ITextArgument
{
    /// <summary>The argument as a TimeSpan; what is no text or number goes through unchanged for PowerShell to take or refuse.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The text is no duration.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        PSObject? wrapped = inputData as PSObject;
        object? plain = wrapped is null ? inputData : wrapped.BaseObject;
        try
        {
            return plain switch
            {
                string text => ParseOrSeconds(text),
                // Only how the number was written tells 7d, seven days, from a decimal that holds seven seconds.
                decimal when wrapped?.ToString() is string written && written.EndsWith('d') => Parse(written),
                sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
                    ParseOrSeconds(Convert.ToString(plain, CultureInfo.InvariantCulture)!),
                _ => plain!,
            };
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <inheritdoc />
    object ITextArgument.FromText(string text) => ParseOrSeconds(text);

    /// <summary>A duration with its unit, as "150ms", "00:00:02", or "PT2S" as JSON has it.</summary>
    /// <exception cref="FormatException">The text is none; a number without a unit is none either.</exception>
    internal static TimeSpan Parse(string text)
    {
        if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
        {
            return XmlConvert.ToTimeSpan(text);
        }
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        }
        int digits = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]).Length;
        return double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? text[digits..] switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" or "min" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                "d" => TimeSpan.FromDays(number),
                _ => throw NoDuration(text),
            }
            : throw NoDuration(text);
    }

    private static TimeSpan ParseOrSeconds(string text)
    {
        string trimmed = text.Trim();
        try
        {
            return trimmed.Length > 0 && char.IsAsciiDigit(trimmed[^1]) && !trimmed.Contains(':', StringComparison.Ordinal) ? Parse(trimmed + "s") : Parse(trimmed);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw NoDuration(text);
        }
    }

    private static FormatException NoDuration(string text) =>
        new($"'{text}' is not a duration; write for example 150ms, 2s, 5m, 00:00:02 or a number of seconds.");
}
