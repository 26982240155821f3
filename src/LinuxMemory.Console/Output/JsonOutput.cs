using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinuxMemory.CommandLine;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonOutput(OutputBuffer buffer) : ObjectOutput(buffer)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private Utf8JsonWriter? _writer;

    public override void Write(object item)
    {
        _bytes.ResetWrittenCount();
        // Paths and names stay readable; the output is never put into HTML as it is.
        _writer ??= new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _writer.Reset();
        JsonValue.Write(_writer, item);
        _writer.Flush();
        _bytes.Write("\n"u8);
        Buffer.Write(_bytes.WrittenSpan);
    }

    public override bool TryWriteLine(string text) => false;
}
