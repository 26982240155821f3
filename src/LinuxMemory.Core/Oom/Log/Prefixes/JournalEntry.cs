using System.Text.Json;

namespace LinuxMemory;

/// <summary>
/// A line of journalctl -o json. Only _TRANSPORT says who wrote it: the journal sets fields with an underscore itself. A message
/// that is no text stands there as a list of bytes.
/// </summary>
internal sealed class JournalEntry
{
    private byte[] _text = new byte[4096];

    /// <summary>Reads a line; false when the kernel did not write it.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ref KernelMessage message, out bool isEntry)
    {
        isEntry = false;
        try
        {
            Utf8JsonReader json = new(line);
            bool isKernel = false;
            int length = 0;
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                isEntry |= json.ValueSpan.StartsWith("_"u8);
                if (json.ValueTextEquals("_TRANSPORT"u8))
                {
                    isKernel = json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals("kernel"u8);
                }
                else if (json.ValueTextEquals("_SOURCE_MONOTONIC_TIMESTAMP"u8))
                {
                    message.Uptime = ReadNumber(ref json) is >= 0 and <= 1_000_000_000_000_000 and long uptime ? uptime : -1;
                }
                else if (json.ValueTextEquals("__REALTIME_TIMESTAMP"u8))
                {
                    message.Time = ReadNumber(ref json) is > 0 and < 200_000_000_000_000_000 and long time ? DateTimeOffset.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMicrosecond) : null;
                }
                else if (json.ValueTextEquals("MESSAGE"u8))
                {
                    length = ReadMessage(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
            message.Text = _text.AsSpan(0, length);
            return isKernel && length > 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No journal line, or one that is cut.
            return false;
        }
    }

    private static long ReadNumber(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.String && System.Buffers.Text.Utf8Parser.TryParse(json.ValueSpan, out long value, out int length) && length == json.ValueSpan.Length
            ? value
            : -1;

    private int ReadMessage(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            Require(json.ValueSpan.Length);
            return json.CopyString(_text);
        }
        int length = 0;
        while (json.TokenType == JsonTokenType.StartArray ? json.Read() : json.TokenType == JsonTokenType.Number && json.Read())
        {
            if (json.TokenType != JsonTokenType.Number)
            {
                break;
            }
            Require(length + 1);
            _text[length++] = json.TryGetByte(out byte value) ? value : (byte)'?';
        }
        return length;
    }

    private void Require(int length)
    {
        if (_text.Length < length)
        {
            Array.Resize(ref _text, Math.Max(length, _text.Length * 2));
        }
    }
}
