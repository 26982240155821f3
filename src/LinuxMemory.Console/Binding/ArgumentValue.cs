using System.Globalization;
using System.Text;
using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>Makes a parameter's value of its text, as PowerShell would convert it.</summary>
internal static class ArgumentValue
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The value, checked against the parameter's rules.</summary>
    /// <exception cref="UsageException">The text is none; the message shows a right example.</exception>
    public static object? Read(CommandParameter parameter, string text)
    {
        if (text.Equals("$null", StringComparison.OrdinalIgnoreCase) && parameter.CanBeNull)
        {
            return ArgumentRules.Check(parameter, null);
        }
        if (!parameter.IsArray)
        {
            return ArgumentRules.Check(parameter, ReadOne(parameter, text));
        }
        object[] values = [.. Split(parameter, text).Select(element => ReadOne(parameter, element))];
        Array array = Array.CreateInstance(parameter.ElementType, values.Length);
        values.CopyTo(array, 0);
        return ArgumentRules.Check(parameter, array);
    }

    /// <summary>A right way to write the parameter, for messages.</summary>
    public static string Example(CommandParameter parameter) =>
        parameter.IsSwitch ? "-" + parameter.Name : $"-{parameter.Name} {ArgumentRules.Example(parameter) ?? ExampleOf(parameter)}";

    private static object ReadOne(CommandParameter parameter, string text)
    {
        Type type = parameter.ElementType;
        try
        {
            return parameter.TextArgument is ITextArgument reader ? reader.FromText(text)
                : parameter.IsSwitch || type == typeof(bool) ? ReadBool(text)
                : type == typeof(string) ? text
                : type == typeof(object) ? (int.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out int number) ? number : text)
                : type.IsEnum ? ReadWord(type, text)
                : type == typeof(TimeSpan) ? DurationAttribute.Parse(text)
                : type == typeof(DateTime) ? DateTime.Parse(text, Culture, DateTimeStyles.AssumeLocal)
                : type == typeof(DateTimeOffset) ? DateTimeOffset.Parse(text, Culture, DateTimeStyles.AssumeLocal)
                : type == typeof(Guid) ? Guid.Parse(text)
                : ReadNumber(type, text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            // Our own attributes' messages say it all; the framework's do not show what is right.
            string reason = parameter.TextArgument is not null ? e.Message : type.IsEnum
                ? $"'{text}' is none of {string.Join(", ", Enum.GetNames(type))}; write for example {Example(parameter)}."
                : $"'{text}' is no {Noun(type)}; write for example {Example(parameter)}.";
            throw new UsageException($"-{parameter.Name}: {reason}");
        }
    }

    private static bool ReadBool(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" or "TRUE" or "1" => true,
        "$FALSE" or "FALSE" or "0" => false,
        _ => throw new FormatException(),
    };

    // Like PowerShell, a word's beginning will do where only one word begins so. Numbers are not for people.
    private static object ReadWord(Type type, string text)
    {
        string[] begun = [.. Enum.GetNames(type).Where(name => name.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase))];
        string word = begun.Length == 1 ? begun[0] : text;
        return word.Length > 0 && (char.IsAsciiLetter(word[0]) || begun.Length > 0) ? Enum.Parse(type, word, ignoreCase: true) : throw new FormatException();
    }

    private static object ReadNumber(Type type, string text)
    {
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
        {
            double value = double.Parse(text, NumberStyles.Float, Culture);
            return double.IsFinite(value) ? Convert.ChangeType(value, type, Culture) : throw new FormatException();
        }
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return Convert.ChangeType(ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, Culture), type, Culture);
        }
        // 4KB is a number in PowerShell, whatever takes it.
        return text.Length > 2 && char.ToUpperInvariant(text[^1]) == 'B'
            ? Convert.ChangeType(ByteSizeAttribute.Parse(text), type, Culture)
            : Convert.ChangeType(decimal.Parse(text, NumberStyles.AllowLeadingSign, Culture), type, Culture);
    }

    // Commas part the values; in quotes they do not: -Path "'a,b',c".
    private static List<string> Split(CommandParameter parameter, string text)
    {
        List<string> values = [];
        StringBuilder value = new();
        char quote = '\0';
        foreach (char letter in text)
        {
            if (letter == ',' && quote == '\0')
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else if (quote != '\0' ? letter == quote : letter is '\'' or '"' && value.Length == 0)
            {
                quote = quote == '\0' ? letter : '\0';
            }
            else
            {
                value.Append(letter);
            }
        }
        values.Add(value.ToString());
        return values.Count == 1 || !values.Contains("") ? values : throw new UsageException(
            $"-{parameter.Name}: a value is missing beside a comma in '{text}'; write for example -{parameter.Name} a,b.");
    }

    private static string Noun(Type type) =>
        type == typeof(bool) ? "truth value"
        : type == typeof(TimeSpan) ? "duration"
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "time"
        : type == typeof(double) || type == typeof(float) || type == typeof(decimal) ? "number"
        : type == typeof(Guid) ? "UUID"
        : type.IsPrimitive ? $"whole number of type {type.Name}"
        : $"{type.Name}: such objects come from a PowerShell pipeline, the Console cannot make them of text";

    private static string ExampleOf(CommandParameter parameter)
    {
        Type type = parameter.ElementType;
        return parameter.TextArgument is AddressAttribute ? "0x7f0000000000"
            : parameter.TextArgument is not null ? "512MB"
            : type == typeof(bool) ? "$true"
            : type == typeof(TimeSpan) ? "2s"
            : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "'2026-01-31 14:00'"
            : type == typeof(Guid) ? "0c5a3a9d-7f42-4b7e-9c1b-b4b1c7b16a1e"
            : type == typeof(double) || type == typeof(float) ? "0.5"
            : type == typeof(ulong) ? "0x7f0000000000"
            : type.IsEnum ? Enum.GetNames(type)[^1]
            : type.IsPrimitive ? (parameter.IsArray ? "1,2" : "1")
            : parameter.IsArray ? "<name>,<name>" : "<text>";
    }
}
