using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LinuxMemory;

/// <summary>One line of the journal: <c>{"Id":17,"Time":"2026-01-31T12:00:00+01:00","User":"root","Target":"/proc/sys/vm/swappiness",...}</c></summary>
internal static class JournalLine
{
    // Not HTML: + and < stay readable.
    private static readonly JournalJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Write(MemoryChange change) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(change, Json.MemoryChange), (byte)'\n'];

    /// <summary>The change; null when the line is none. A kind that only a later version knows is a change without a way back.</summary>
    public static MemoryChange? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            return Known(JsonSerializer.Deserialize(line, Json.MemoryChange));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return TryReadWithoutReverse(line);
        }
    }

    private static MemoryChange? TryReadWithoutReverse(ReadOnlySpan<byte> line)
    {
        try
        {
            JsonObject? fields = JsonNode.Parse(line) as JsonObject;
            return fields?.Remove(nameof(MemoryChange.Reverse)) == true ? Known(fields.Deserialize(Json.MemoryChange)) : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static MemoryChange? Known(MemoryChange? change) => change is { Id: > 0 } ? change : null;
}

/// <summary>How the journal's types are written, made by the compiler: no reflection in a session's first change.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(MemoryChange))]
internal sealed partial class JournalJson : JsonSerializerContext;
