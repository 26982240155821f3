using System.Buffers.Binary;

namespace LinuxMemory;

/// <summary>
/// journalctl -o export: "NAME=value" in lines; a value with newlines or control characters stands as "NAME", a newline, its length in 8
/// bytes, little end first, the bytes, a newline. An empty line ends an entry. Source: systemd, Journal Export Formats.
/// </summary>
internal sealed class JournalExportReader(Stream log) : IJournalReader
{
    private readonly EntryLine _line = new();
    private byte[] _value = [];

    public bool TryRead(JournalFields fields)
    {
        fields.Clear();
        bool hasFields = false;
        while (_line.TryRead(log))
        {
            if (_line.Text.IsEmpty)
            {
                if (hasFields)
                {
                    return true;
                }
                continue;
            }
            hasFields = true;
            int equals = _line.Text.IndexOf((byte)'=');
            if (equals >= 0)
            {
                fields.Set(_line.Text[..equals], _line.Text[(equals + 1)..]);
            }
            else if (!TryReadBinary(fields))
            {
                return true;
            }
        }
        return hasFields;
    }

    private bool TryReadBinary(JournalFields fields)
    {
        Span<byte> size = stackalloc byte[8];
        if (log.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length)
        {
            return false;
        }
        ulong left = BinaryPrimitives.ReadUInt64LittleEndian(size);
        int kept = (int)Math.Min(left, (ulong)EntryLine.Longest);
        if (_value.Length < kept)
        {
            _value = new byte[kept];
        }
        kept = log.ReadAtLeast(_value.AsSpan(0, kept), kept, throwOnEndOfStream: false);
        fields.Set(_line.Text, _value.AsSpan(0, kept));
        for (left -= Math.Min(left, (ulong)kept); left > 0 && log.ReadByte() >= 0; left--)
        {
            // What is longer than any message of the kernel's.
        }
        return log.ReadByte() == '\n';
    }
}
