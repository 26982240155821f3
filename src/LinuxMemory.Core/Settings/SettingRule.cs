using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What may be written into a setting, checked before anything is written.</summary>
public static class SettingRule
{
    /// <summary>
    /// The text to write for what a user gave: numbers in decimal, words as the kernel writes them. Null when the setting does
    /// not take it; then <paramref name="expected"/> says what it takes.
    /// </summary>
    public static string? Check(Machine machine, string name, string given, out string expected)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(given);
        SettingDefinition definition = SettingTable.Find(name) ?? SettingDefinition.Unknown(name);
        expected = "";
        if (given.Any(char.IsControl) && definition.Type != SettingType.List)
        {
            expected = "a value in one line";
            return null;
        }
        switch (definition.Type)
        {
            case SettingType.Choice:
                return Word(Offered(machine, name) ?? definition.Allowed!, given.Trim(), out expected);
            case SettingType.Number:
            case SettingType.Mask:
                return Number(machine, definition, given, out expected);
            case SettingType.Bool:
                expected = "true or false";
                return SettingValue.Parse(SettingType.Bool, given.Trim()) is bool on
                    ? SettingName.IsZswap(name) ? (on ? "Y" : "N") : SettingValue.Format(on)
                    : null;
            case SettingType.List:
                expected = "whole numbers with blanks between them";
                string[] parts = given.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                return parts.Length > 0 && parts.All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? string.Join(' ', parts) : null;
            default:
                string text = given.Trim();
                expected = "a value";
                return text.Length > 0 ? text : null;
        }
    }

    private static string? Word(IReadOnlyList<string> allowed, string given, out string expected)
    {
        expected = $"one of {string.Join(", ", allowed)}";
        return allowed.FirstOrDefault(word => string.Equals(word, given, StringComparison.OrdinalIgnoreCase));
    }

    // The running kernel knows best which words it takes.
    private static IReadOnlyList<string>? Offered(Machine machine, string name)
    {
        try
        {
            return machine.TryReadText(SettingName.ToPath(name)) is string text ? SettingValue.Choices(text) : null;
        }
        catch (KernelException)
        {
            return null;
        }
    }

    private static string? Number(Machine machine, SettingDefinition definition, string given, out string expected)
    {
        long? maximum = MemorySettings.MaximumOf(machine, definition);
        string unit = definition.Unit is null ? "" : $" ({definition.Unit})";
        expected = (definition.Minimum, maximum) switch
        {
            (long low, long high) => string.Create(CultureInfo.InvariantCulture, $"a whole number from {low} to {high}{unit}"),
            (long low, null) => string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {low}{unit}"),
            _ => $"a whole number{unit}",
        };
        return SettingValue.Parse(definition.Type, given.Trim()) switch
        {
            long number when number >= (definition.Minimum ?? number) && number <= (maximum ?? number) => SettingValue.Format(number),
            ulong large when maximum is null => SettingValue.Format(large),
            _ => null,
        };
    }
}
