using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinuxMemory.CommandLine;

namespace LinuxMemory.Tests;

public class JsonValueTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { double.NaN, "null" },
        { 1.5, "1.5" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { DayOfWeek.Monday, "\"Monday\"" },
        { new DateTimeOffset(2026, 1, 31, 14, 0, 0, TimeSpan.FromHours(1)), "\"2026-01-31T14:00:00+01:00\"" },
        { TimeSpan.FromMilliseconds(90_500), "\"PT1M30.5S\"" },
        { new byte[] { 1, 2 }, "\"AQI=\"" },
        { new long?[] { 1, null }, "[1,null]" },
        { new Dictionary<int, long> { [0] = 4096 }, "{\"0\":4096}" },
        { new Dictionary<DayOfWeek, string?> { [DayOfWeek.Monday] = null }.AsReadOnly(), "{\"Monday\":null}" },
        { "é+<\n", "\"é+<\\n\"" },
        { "cut \ud800", "\"cut \\uFFFD\"" },
        { new { Path = "/a", Size = 1L }, "{\"Path\":\"/a\",\"Size\":1}" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Writes_values_as_scripts_want_them(object? value, string json) => Assert.Equal(json, Written(value));

    [Fact]
    public void An_object_that_holds_itself_comes_to_an_end() => Assert.InRange(Written(new Ring()).Length, 1, 2000);

    private static string Written(object? value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonValue.Write(writer, value);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Ring
    {
        public Ring Next => this;
    }
}
