using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LinuxMemory.CommandLine;

/// <summary>Checks values against the Validate attributes, which check nothing outside PowerShell.</summary>
internal static class ArgumentRules
{
    /// <summary>The value, when it keeps the rules.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    public static object? Check(CommandParameter parameter, object? value)
    {
        foreach (CustomAttributeData rule in parameter.Attributes)
        {
            if (Broken(rule, value) is string broken)
            {
                throw new UsageException($"-{parameter.Name}: {broken}; write for example {ArgumentValue.Example(parameter)}.");
            }
        }
        return value switch
        {
            "" or null when parameter.Sets.Any(set => parameter.In(set)!.IsMandatory) && !Allows(parameter, value) =>
                throw new UsageException($"-{parameter.Name}: the value is empty; write for example {ArgumentValue.Example(parameter)}."),
            _ => value,
        };
    }

    /// <summary>A value that keeps the rules, as text; null when no rule names one.</summary>
    public static string? Example(CommandParameter parameter)
    {
        foreach (CustomAttributeData rule in parameter.Attributes)
        {
            object?[] values = [.. rule.Values()];
            if (rule.AttributeType == typeof(ValidateSetAttribute))
            {
                return (string?)values[0];
            }
            if (rule.AttributeType == typeof(ValidateRangeAttribute))
            {
                return Convert.ToString(values[0], CultureInfo.InvariantCulture);
            }
        }
        return null;
    }

    private static string? Broken(CustomAttributeData rule, object? value)
    {
        Type type = rule.AttributeType;
        object?[] bounds = [.. rule.Values()];
        if (type == typeof(ValidateNotNullOrEmptyAttribute) || type == typeof(ValidateNotNullAttribute))
        {
            bool isEmpty = type == typeof(ValidateNotNullOrEmptyAttribute) && (value is "" or Array { Length: 0 } || (value is string[] texts && texts.Contains("")));
            return value is null || isEmpty ? "the value is empty" : null;
        }
        if (type == typeof(ValidateCountAttribute))
        {
            int count = (value as Array)?.Length ?? 1;
            return count < (int)bounds[0]! || count > (int)bounds[1]! ? $"{count} values are not {bounds[0]} to {bounds[1]}" : null;
        }
        return value is null ? null : Elements(value).Select(element => BrokenBy(type, rule, bounds, element)).FirstOrDefault(broken => broken is not null);
    }

    private static string? BrokenBy(Type type, CustomAttributeData rule, object?[] bounds, object element)
    {
        string text = Convert.ToString(element, CultureInfo.InvariantCulture)!;
        return type == typeof(ValidateRangeAttribute) && !IsBetween(element, bounds[0]!, bounds[1]!)
                ? string.Create(CultureInfo.InvariantCulture, $"{text} is not within {bounds[0]} to {bounds[1]}")
            : type == typeof(ValidateLengthAttribute) && (text.Length < (int)bounds[0]! || text.Length > (int)bounds[1]!)
                ? $"'{text}' is not {bounds[0]} to {bounds[1]} characters long"
            : type == typeof(ValidateSetAttribute) && !bounds.Cast<string>().Contains(text, StringComparer.OrdinalIgnoreCase)
                ? $"'{text}' is none of {string.Join(", ", bounds)}"
            : type == typeof(ValidatePatternAttribute) && !Regex.IsMatch(text, (string)bounds[0]!, RegexOptions.IgnoreCase)
                ? rule.Named<string>("ErrorMessage") ?? $"'{text}' does not match {bounds[0]}"
            : null;
    }

    private static bool IsBetween(object value, object least, object most)
    {
        // A double holds no ulong exactly and a decimal no double's range, so each is compared as what it is.
        if (value is double or float || least is double)
        {
            double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            return number >= Convert.ToDouble(least, CultureInfo.InvariantCulture) && number <= Convert.ToDouble(most, CultureInfo.InvariantCulture);
        }
        decimal whole = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        return whole >= Convert.ToDecimal(least, CultureInfo.InvariantCulture) && whole <= Convert.ToDecimal(most, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<object> Elements(object value) => value is Array array ? array.Cast<object>() : [value];

    private static bool Allows(CommandParameter parameter, object? value) => parameter.Attributes.Any(attribute =>
        value is null ? attribute.AttributeType == typeof(AllowNullAttribute)
            : attribute.AttributeType == typeof(AllowEmptyStringAttribute));
}
