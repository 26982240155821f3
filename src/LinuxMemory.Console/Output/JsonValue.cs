using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace LinuxMemory.CommandLine;

/// <summary>
/// Objects as JSON: enums as words, sizes and addresses as numbers, times and durations in ISO 8601, bytes in base64,
/// dictionaries as objects, what is absent or no number as null.
/// </summary>
internal static class JsonValue
{
    // Nothing that a cmdlet writes nests as deep; an object that holds itself would never end.
    private const int Deepest = 12;

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
            case double.NaN or double.PositiveInfinity or double.NegativeInfinity:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case Enum or Guid or char:
                json.WriteStringValue(value.ToString());
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            case DateTime time:
                json.WriteStringValue(time);
                break;
            case TimeSpan duration:
                json.WriteStringValue(XmlConvert.ToString(duration));
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case decimal or float or uint or short or ushort or byte or sbyte:
                json.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            case UInt128 or Int128:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                WriteItems(json, items);
                break;
            default:
                WriteObject(json, value);
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        if (DictionaryEntries.Of(items) is IEnumerable<KeyValuePair<object, object?>> entries)
        {
            json.WriteStartObject();
            foreach ((object key, object? value) in entries)
            {
                json.WritePropertyName(Convert.ToString(key, CultureInfo.InvariantCulture)!);
                Write(json, value);
            }
            json.WriteEndObject();
            return;
        }
        json.WriteStartArray();
        foreach (object? item in items)
        {
            Write(json, item);
        }
        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, object value)
    {
        if (json.CurrentDepth > Deepest)
        {
            json.WriteStringValue(value.ToString());
            return;
        }
        json.WriteStartObject();
        foreach (ShownProperty property in ShownProperty.Of(value.GetType()))
        {
            json.WritePropertyName(property.JsonName);
            Write(json, property.Get(value));
        }
        json.WriteEndObject();
    }
}
