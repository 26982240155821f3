using System.Text;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

/// <summary>Reads logs in tests.</summary>
internal static class OomLogs
{
    /// <summary>When the constructed logs were last written, where the test does not say otherwise.</summary>
    public static readonly DateTimeOffset Written = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public static string PathOf(string name) => Checkout.Path("tests", "LinuxMemory.Core.Tests", "Oom", "Logs", name + ".log");

    public static IReadOnlyList<OomEvent> Read(string name, DateTimeOffset? written = null, DateTimeOffset? boot = null) =>
        Parse(File.ReadAllText(PathOf(name)), written, boot);

    public static IReadOnlyList<OomEvent> Parse(string text, DateTimeOffset? written = null, DateTimeOffset? boot = null) =>
        Parse(Encoding.UTF8.GetBytes(text), written, boot);

    public static IReadOnlyList<OomEvent> Parse(byte[] text, DateTimeOffset? written = null, DateTimeOffset? boot = null)
    {
        using MemoryStream log = new(text);
        return [.. OomLogFile.Read([(log, new LogClock(written ?? Written, boot, zone: TimeZoneInfo.Utc), "test.log")], 4096)];
    }

    /// <summary>A log whose parts are read one after the other, as a rotated one.</summary>
    public static IReadOnlyList<OomEvent> Parts(params string[] texts) =>
        [.. OomLogFile.Read(texts.Select((text, i) => ((Stream)new MemoryStream(Encoding.UTF8.GetBytes(text)), new LogClock(Written, zone: TimeZoneInfo.Utc), $"part {i}")), 4096)];
}
