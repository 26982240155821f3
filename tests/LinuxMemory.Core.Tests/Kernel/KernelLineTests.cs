using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class KernelLineTests
{
    private delegate object Take(ref KernelLine line);

    private static readonly Dictionary<string, Take> Takes = new()
    {
        ["Field"] = (ref KernelLine line) => Encoding.UTF8.GetString(line.TakeField()),
        ["FieldOrEmpty"] = (ref KernelLine line) => Encoding.UTF8.GetString(line.TakeFieldOrEmpty()),
        ["Path"] = (ref KernelLine line) => line.TakePath(),
        ["Until"] = (ref KernelLine line) => Encoding.UTF8.GetString(line.TakeUntil((byte)':')),
        ["Int64"] = (ref KernelLine line) => line.TakeInt64(),
        ["Int32"] = (ref KernelLine line) => line.TakeInt32(),
        ["UInt64"] = (ref KernelLine line) => line.TakeUInt64(),
        ["Hex"] = (ref KernelLine line) => line.TakeHex(),
        ["HexDash"] = (ref KernelLine line) => line.TakeHex((byte)'-'),
        ["Kibibytes"] = (ref KernelLine line) => line.TakeKibibytes(),
        ["Size"] = (ref KernelLine line) => line.TakeSize(),
    };

    [Theory]
    [InlineData("Field", " \t a b", "a")]
    [InlineData("FieldOrEmpty", "  ", "")]
    [InlineData("Path", "/a\\040b\\134\\999", "/a b\\\\999")]
    [InlineData("Until", "Key: 1", "Key")]
    [InlineData("Int64", " -9223372036854775808", "-9223372036854775808")]
    [InlineData("Int32", "2147483647,", "2147483647")]
    [InlineData("UInt64", "18446744073709551615", "18446744073709551615")]
    [InlineData("Hex", "ffffffffffffffff rest", "18446744073709551615")]
    [InlineData("HexDash", "7F-80", "127")]
    [InlineData("Kibibytes", "9007199254740991", "9223372036854774784")]
    [InlineData("Size", "12 kB", "12288")]
    public void Takes_what_stands_there(string take, string text, string expected)
    {
        Assert.Equal(expected, Convert.ToString(Run(take, text), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Field", "  ", "one more field")]
    [InlineData("Until", "Key 1", "a ':'")]
    [InlineData("Int64", "9223372036854775808", "a whole number of at most 63 bits")]
    [InlineData("Int64", "12x", "a whole number of at most 63 bits")]
    [InlineData("Int64", "", "a whole number of at most 63 bits")]
    [InlineData("Int32", "2147483648", "a whole number of at most 31 bits")]
    [InlineData("UInt64", "-1", "a whole number of at most 64 bits")]
    [InlineData("Hex", "10000000000000000", "a hexadecimal number")]
    [InlineData("Hex", "xyz", "a hexadecimal number")]
    [InlineData("HexDash", "7f", "a hexadecimal number and '-'")]
    [InlineData("Kibibytes", "9007199254740992", "a size that fits 63 bits in bytes")]
    [InlineData("Kibibytes", "-1", "a size that fits 63 bits in bytes")]
    [InlineData("Size", "12 MB", "the unit kB")]
    [InlineData("Size", "12", "the unit kB")]
    public void What_does_not_fit_is_refused_with_file_line_and_text(string take, string text, string expected)
    {
        KernelFormatException error = Assert.Throws<KernelFormatException>(() => Run(take, text));

        Assert.Equal(("file", 1, expected), (error.File, error.Line, error.Expected));
    }

    [Fact]
    public void A_message_carries_no_control_codes_and_is_cut()
    {
        string message = Assert.Throws<KernelFormatException>(() => Run("Int64", "\u001b[31m" + new string('x', 500))).Message;

        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(message.Length, 1, 250);
    }

    [Fact]
    public void Known_keys_are_found_in_any_order()
    {
        KeyTable keys = new("a", "b", "c");
        int next = 0;

        Assert.Equal([0, 2, 1, -1, 0], "acbxa".Select(key => keys.IndexOf([(byte)key], ref next)));
    }

    private static object Run(string take, string text)
    {
        using KernelReader reader = KernelReader.Over("file", Encoding.UTF8.GetBytes(text + "\n"));
        KernelLine line = reader.RequireLine("a line");
        return Takes[take](ref line);
    }
}
