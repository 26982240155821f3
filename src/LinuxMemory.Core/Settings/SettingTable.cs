using System.Text.Json;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The table of all settings that kernels 4.18 to 6.18 have. Source: Documentation/admin-guide of the kernel and its code.</summary>
public static class SettingTable
{
    private static readonly Lazy<Dictionary<string, SettingDefinition>> Loaded = new(Load);

    /// <summary>All definitions; those with a * in the name stand for a family.</summary>
    public static IReadOnlyCollection<SettingDefinition> All => Loaded.Value.Values;

    /// <summary>The definition of a setting; null when the table does not know it.</summary>
    public static SettingDefinition? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Loaded.Value.TryGetValue(name, out SettingDefinition? found)
            || Loaded.Value.TryGetValue(SettingName.Family(name), out found) ? found : null;
    }

    private static Dictionary<string, SettingDefinition> Load()
    {
        using Stream data = typeof(SettingTable).Assembly.GetManifestResourceStream("memory-settings.json")!;
        using JsonDocument table = JsonDocument.Parse(data);
        Dictionary<string, SettingDefinition> definitions = new(table.RootElement.GetArrayLength(), StringComparer.Ordinal);
        foreach (JsonElement row in table.RootElement.EnumerateArray())
        {
            SettingDefinition definition = Read(row);
            definitions.Add(definition.Name, definition);
        }
        return definitions;
    }

    private static SettingDefinition Read(JsonElement row)
    {
        bool hasRange = row.TryGetProperty("range", out JsonElement range);
        return new SettingDefinition
        {
            Name = row.GetProperty("name").GetString()!,
            Type = Enum.Parse<SettingType>(Text(row, "type") ?? nameof(SettingType.Number), ignoreCase: true),
            Unit = Text(row, "unit"),
            Minimum = hasRange ? Number(range[0]) : null,
            Maximum = hasRange ? Number(range[1]) : null,
            MaximumWith = Text(row, "maximumWith"),
            Allowed = row.TryGetProperty("allowed", out JsonElement words) ? new ReadableList<string>([.. words.EnumerateArray().Select(word => word.GetString()!)]) : null,
            Since = Text(row, "since"),
            Until = Text(row, "until"),
            Risk = Enum.Parse<SettingRisk>(Text(row, "risk") ?? nameof(SettingRisk.Low)),
            Description = Text(row, "description"),
        };
    }

    private static string? Text(JsonElement row, string property) =>
        row.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;

    private static long? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();
}
