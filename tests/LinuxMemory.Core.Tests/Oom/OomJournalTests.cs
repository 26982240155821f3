using System.Buffers.Binary;
using System.Text;

namespace LinuxMemory.Core.Tests;

/// <summary>The journal's own forms: export, verbose and cat. What programs put into their messages is no entry.</summary>
public class OomJournalTests
{
    private const string Invocation = "hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
    private const string Totals = "active_anon:100 inactive_anon:200 isolated_anon:0\n active_file:1 inactive_file:2 isolated_file:0\n free:300 free_pcp:0 free_cma:0";
    private const string Kill = "Out of memory: Killed process 900 (hog) total-vm:4000kB, anon-rss:1600kB, file-rss:240kB, shmem-rss:160kB, UID:1000 pgtables:40kB oom_score_adj:0";

    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    internal static byte[] ExportLog()
    {
        using MemoryStream log = new();
        Export(log, "kernel", Invocation, 100_000_001);
        Export(log, "syslog", "a\n\n_TRANSPORT=kernel\nMESSAGE=" + Kill.Replace("900", "1", StringComparison.Ordinal) + "\n", 100_000_002);
        Export(log, "kernel", Totals, 100_000_003);
        Export(log, "stdout", Kill.Replace("900", "2", StringComparison.Ordinal), 100_000_004);
        Export(log, "kernel", Kill, 100_000_005);
        return log.ToArray();
    }

    internal static byte[] VerboseLog()
    {
        StringBuilder log = new("-- Logs begin at Sun 2026-03-01 05:06:07 UTC, end at Sun 2026-03-08 05:06:07 UTC. --\n");
        Verbose(log, "kernel", Invocation, 100_000_001);
        Verbose(log, "syslog", "a\n_TRANSPORT=kernel\nMESSAGE=" + Kill.Replace("900", "1", StringComparison.Ordinal), 100_000_002);
        Verbose(log, "kernel", Totals, 100_000_003);
        Verbose(log, "kernel", Kill, 100_000_005);
        return Encoding.UTF8.GetBytes(log.ToString());
    }

    [Fact]
    public void Reads_the_export_format() => Check(Assert.Single(OomLogs.Parse(ExportLog())), isExact: true);

    [Fact]
    public void Reads_the_verbose_format() => Check(Assert.Single(OomLogs.Parse(VerboseLog())), isExact: true);

    [Fact]
    public void Reads_messages_alone()
    {
        // -o cat: lines of the kernel's that look like other forms are still lines of the kernel's.
        Check(Assert.Single(OomLogs.Parse($"{{1}}[Hardware Error]: Hardware error from APEI\n{Invocation}\n{Totals}\n{Kill}\n")), isExact: false);
    }

    [Fact]
    public void An_export_that_is_cut_or_garbled_gives_what_is_before()
    {
        using MemoryStream log = new();
        Export(log, "kernel", Invocation, 100_000_001);
        Export(log, "kernel", Totals, 100_000_003);
        Export(log, "kernel", Kill, 100_000_005);
        byte[] whole = log.ToArray();
        for (int length = whole.Length; length > whole.Length - 200; length--)
        {
            OomEvent e = Assert.Single(OomLogs.Parse(whole[..length]));
            Assert.Equal("hog", e.Invoker);
        }

        byte[] huge = [.. whole, .. Encoding.UTF8.GetBytes("__CURSOR=x\nMESSAGE\n"), 255, 255, 255, 255, 255, 255, 255, 255, (byte)'x'];
        Check(Assert.Single(OomLogs.Parse(huge)), isExact: true);
    }

    private static void Check(OomEvent e, bool isExact)
    {
        Assert.Equal((900, "hog", 1000L, "hog", true), (e.VictimId, e.VictimName, e.VictimUserId, e.Invoker, e.IsComplete));
        Assert.Equal((100 * 4096L, 2 * 4096L, 300 * 4096L), (e.Memory!.ActiveAnon, e.Memory.InactiveFile, e.Memory.Free));
        if (isExact)
        {
            Assert.Equal((Time.AddSeconds(100).AddMicroseconds(5), TimeSpan.FromMicroseconds(100_000_005)), (e.Time, e.SinceBoot));
        }
    }

    private static long Realtime(long uptime) => (Time.ToUnixTimeMilliseconds() * 1000) + uptime;

    private static void Export(MemoryStream log, string transport, string message, long uptime)
    {
        log.Write(Encoding.UTF8.GetBytes($"__CURSOR=s=6d0;i=1\n__REALTIME_TIMESTAMP={Realtime(uptime)}\n_SOURCE_MONOTONIC_TIMESTAMP={uptime}\n_TRANSPORT={transport}\n"));
        byte[] text = Encoding.UTF8.GetBytes(message);
        if (message.Contains('\n', StringComparison.Ordinal))
        {
            byte[] size = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(size, text.Length);
            log.Write([.. "MESSAGE\n"u8, .. size, .. text, (byte)'\n']);
        }
        else
        {
            log.Write([.. "MESSAGE="u8, .. text, (byte)'\n']);
        }
        log.Write("PRIORITY=4\n\n"u8);
    }

    private static void Verbose(StringBuilder log, string transport, string message, long uptime) => log
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"Wed 2026-03-04 05:07:47.000001 UTC [s=6d0b;i=1;b=00;m=5f5e101;t={Realtime(uptime):x};x=1]\n")
        .Append("    MESSAGE=").Append(message.Replace("\n", "\n            ", StringComparison.Ordinal)).Append('\n')
        .Append("    PRIORITY=4\n")
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"    _TRANSPORT={transport}\n    _SOURCE_MONOTONIC_TIMESTAMP={uptime}\n");
}
