using System.Text;

namespace LinuxMemory.Kernel;

/// <summary>The kernel's way to keep a path one field: \040 for a space, \011 a tab, \012 a newline, \134 a backslash.</summary>
public static class OctalEscape
{
    /// <summary>The text with every backslash and three octal digits turned back into their byte.</summary>
    public static string Undo(ReadOnlySpan<byte> escaped)
    {
        int at = escaped.IndexOf((byte)'\\');
        if (at < 0)
        {
            return Encoding.UTF8.GetString(escaped);
        }
        byte[] plain = new byte[escaped.Length];
        int length = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && i + 3 < escaped.Length && IsByte(escaped.Slice(i + 1, 3)))
            {
                plain[length++] = (byte)(((escaped[i + 1] - '0') << 6) | ((escaped[i + 2] - '0') << 3) | (escaped[i + 3] - '0'));
                i += 3;
            }
            else
            {
                plain[length++] = escaped[i];
            }
        }
        return Encoding.UTF8.GetString(plain, 0, length);
    }

    private static bool IsByte(ReadOnlySpan<byte> digits) =>
        digits[0] is >= (byte)'0' and <= (byte)'3'
        && digits[1] is >= (byte)'0' and <= (byte)'7'
        && digits[2] is >= (byte)'0' and <= (byte)'7';
}
