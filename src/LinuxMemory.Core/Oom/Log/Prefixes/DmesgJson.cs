using System.Buffers.Text;
using System.Text.Json;

namespace LinuxMemory;

/// <summary>dmesg --json, with a field on each line: "pri": 6, then "time": 8.111419, then "msg": "text". The message is the last of a record.</summary>
internal sealed class DmesgJson
{
    private byte[] _text = new byte[1024];
    private long _uptime = -1;
    private bool _isKernel = true;

    /// <summary>Reads a line, without the blanks before it; false when it is none of these.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ref KernelMessage message, out bool isKernel)
    {
        isKernel = false;
        ReadOnlySpan<byte> rest = line;
        if (LogText.TrySkip(ref rest, "\"pri\": "u8) && LogText.TryTakeNumber(ref rest, out int priority))
        {
            (_isKernel, _uptime) = (priority is >= 0 and <= 7, -1);
            return true;
        }
        rest = line;
        if (LogText.TrySkip(ref rest, "\"fac\": "u8))
        {
            (_isKernel, _uptime) = (rest.StartsWith("\"kern\""u8), -1);
            return true;
        }
        if (LogText.TrySkip(ref rest, "\"time\": "u8))
        {
            _uptime = Utf8Parser.TryParse(LogText.SkipBlanks(rest), out double seconds, out _, 'f') && seconds is >= 0 and < PrintkStamp.LongestUptime / 1_000_000 ? (long)Math.Round(seconds * 1_000_000) : -1;
            return true;
        }
        if (!LogText.TrySkip(ref rest, "\"msg\": "u8) || !TryUnescape(rest.TrimEnd(" ,"u8), out int length))
        {
            return false;
        }
        message.Uptime = _uptime;
        message.Text = _text.AsSpan(0, length);
        isKernel = _isKernel && length > 0;
        return true;
    }

    private bool TryUnescape(ReadOnlySpan<byte> quoted, out int length)
    {
        length = 0;
        try
        {
            Utf8JsonReader json = new(quoted);
            if (!json.Read() || json.TokenType != JsonTokenType.String)
            {
                return false;
            }
            if (_text.Length < quoted.Length)
            {
                _text = new byte[quoted.Length];
            }
            length = json.CopyString(_text);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
