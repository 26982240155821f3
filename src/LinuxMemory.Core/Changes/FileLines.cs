using System.Text;

namespace LinuxMemory;

/// <summary>
/// The lines of a configuration file, each with its own end, so that what is not changed stays byte for byte. Text is
/// Latin-1: one character for each byte, whatever the encoding.
/// </summary>
internal static class FileLines
{
    public static string Text(byte[]? bytes) => bytes is null ? "" : Encoding.Latin1.GetString(bytes);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Latin-1 characters for the UTF-8 bytes of a text that people wrote.</summary>
    public static string Encode(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The text that people see for Latin-1 characters that are UTF-8 bytes.</summary>
    public static string Decode(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));

    /// <summary>Each line with its "\n"; the last may lack it.</summary>
    public static List<string> Split(string text)
    {
        List<string> lines = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }
        return lines;
    }

    /// <summary>A line without "\n" or "\r\n". A "\r" that no "\n" follows belongs to the line.</summary>
    public static string Content(string line) =>
        line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2] : line.EndsWith('\n') ? line[..^1] : line;

    /// <summary>How a line ends: "\r\n", "\n" or not at all.</summary>
    public static string End(string line) => line[Content(line).Length..];
}
