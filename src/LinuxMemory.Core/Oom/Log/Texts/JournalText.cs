using System.Text.Json;
using System.Text.Unicode;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The kernel's entries of a journal in another form, as journalctl -o json writes them: a line each.</summary>
internal sealed class JournalText(IJournalReader entries) : ForwardStream
{
    private readonly MemoryStream _lines = new();
    private int _taken;

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _lines.Length && !Fill())
        {
            return 0;
        }
        int count = Math.Min(buffer.Length, (int)_lines.Length - _taken);
        _lines.GetBuffer().AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    private bool Fill()
    {
        _lines.SetLength(0);
        _taken = 0;
        JournalFields fields = new();
        while (entries.TryRead(fields))
        {
            if (fields.IsKernel && fields.Message.Length > 0)
            {
                Write(fields);
                return true;
            }
        }
        return false;
    }

    private void Write(JournalFields fields)
    {
        using (Utf8JsonWriter json = new(_lines))
        {
            json.WriteStartObject();
            json.WriteString("_TRANSPORT"u8, "kernel"u8);
            if (fields.Time is not null)
            {
                json.WriteString("__REALTIME_TIMESTAMP"u8, fields.Time);
            }
            if (fields.Uptime is not null)
            {
                json.WriteString("_SOURCE_MONOTONIC_TIMESTAMP"u8, fields.Uptime);
            }
            ReadOnlySpan<byte> message = fields.Message.GetBuffer().AsSpan(0, (int)fields.Message.Length);
            if (Utf8.IsValid(message))
            {
                json.WriteString("MESSAGE"u8, message);
            }
            else
            {
                json.WriteStartArray("MESSAGE"u8);
                foreach (byte value in message)
                {
                    json.WriteNumberValue(value);
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        _lines.WriteByte((byte)'\n');
    }
}
