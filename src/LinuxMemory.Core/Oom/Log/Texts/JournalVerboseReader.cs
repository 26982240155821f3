namespace LinuxMemory;

/// <summary>
/// journalctl -o verbose: "Sun 2026-11-22 05:20:05.123456 UTC [s=6d0...;i=1;b=...;m=7bd2c1;t=...;x=...]", and below it "    NAME=value"
/// with four blanks; a value's further lines have more of them. The cursor's t is the time, in microseconds since 1970 and hexadecimal.
/// </summary>
internal sealed class JournalVerboseReader(Stream log) : IJournalReader
{
    private readonly EntryLine _line = new();
    private bool _isAtHead;

    /// <summary>True for the line above an entry.</summary>
    public static bool IsHead(ReadOnlySpan<byte> line) =>
        line.Length > 40 && line[^1] == ']' && char.IsAsciiLetter((char)line[0]) && line.IndexOf(" [s="u8) is > 20 and < 64 && line.IndexOf(";t="u8) > 0;

    public bool TryRead(JournalFields fields)
    {
        fields.Clear();
        while (!_isAtHead && _line.TryRead(log))
        {
            _isAtHead = IsHead(_line.Text);
        }
        if (!_isAtHead)
        {
            return false;
        }
        if (LogText.Find(_line.Text, ";t="u8, ";"u8) is string time && long.TryParse(time, System.Globalization.NumberStyles.AllowHexSpecifier, null, out long microseconds))
        {
            fields.Set("__REALTIME_TIMESTAMP"u8, System.Text.Encoding.UTF8.GetBytes(microseconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        _isAtHead = false;
        bool inMessage = false;
        while (_line.TryRead(log))
        {
            ReadOnlySpan<byte> text = _line.Text;
            if (IsHead(text))
            {
                _isAtHead = true;
                break;
            }
            int equals = text.IndexOf((byte)'=');
            if (text.StartsWith("    "u8) && text.Length > 4 && text[4] != ' ' && equals > 4)
            {
                inMessage = text[4..equals].SequenceEqual("MESSAGE"u8);
                fields.Set(text[4..equals], text[(equals + 1)..]);
            }
            else if (inMessage)
            {
                fields.Append("\n"u8);
                fields.Append(text.TrimStart((byte)' '));
            }
        }
        return true;
    }
}
