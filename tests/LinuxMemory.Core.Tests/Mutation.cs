using System.Text;

namespace LinuxMemory.Core.Tests;

/// <summary>Damage to a captured file, as a broken disk, a hostile archive or a kernel of tomorrow could bring it.</summary>
internal static class Mutation
{
    private static readonly string[] Numbers =
        ["9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "-1", "-9223372036854775808", "2147483648", "4294967296", "00000000000000000000000000000001", "1e9", "0x7f"];

    /// <summary>The text with one to three kinds of damage.</summary>
    public static byte[] Of(byte[] text, Random random)
    {
        List<byte> bytes = [.. text];
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            Damage(bytes, random);
        }
        return [.. bytes];
    }

    private static void Damage(List<byte> bytes, Random random)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }
        int at = random.Next(bytes.Count);
        (int start, int end) = LineAt(bytes, at);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2:
                bytes.RemoveRange(at, end - at);
                break;
            case 3:
                bytes.RemoveRange(start, end - start);
                break;
            case 4:
                bytes.InsertRange(start, bytes.GetRange(start, end - start));
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 20)).Select(_ => (byte)random.Next(256)));
                break;
            case 6:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes("\0\n\r\t :()/-\\[]"[random.Next(13)].ToString()));
                break;
            case 7:
                bytes.RemoveAt(at);
                break;
            default:
                Exchange(bytes, at, Numbers[random.Next(Numbers.Length)]);
                break;
        }
    }

    // The next number behind the place becomes another one.
    private static void Exchange(List<byte> bytes, int at, string number)
    {
        int start = bytes.FindIndex(at, b => char.IsAsciiDigit((char)b));
        if (start >= 0)
        {
            int end = bytes.FindIndex(start, b => !char.IsAsciiDigit((char)b));
            bytes.RemoveRange(start, (end < 0 ? bytes.Count : end) - start);
            bytes.InsertRange(start, Encoding.ASCII.GetBytes(number));
        }
    }

    private static (int Start, int End) LineAt(List<byte> bytes, int at)
    {
        int start = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1;
        int end = bytes.IndexOf((byte)'\n', at);
        return (start, end < 0 ? bytes.Count : end + 1);
    }
}
