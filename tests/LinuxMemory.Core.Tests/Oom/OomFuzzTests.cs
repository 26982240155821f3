using System.Globalization;
using System.Text;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

/// <summary>Damaged logs of all forms: events come out or none, never an exception, and soon.</summary>
public class OomFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    [Fact]
    public void Nothing_comes_out_of_damaged_logs_but_events()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LINUXMEMORY_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given) ? given : Environment.TickCount;
        output.WriteLine($"LINUXMEMORY_SEED={seed}");
        byte[][] logs =
        [
            .. Directory.GetFiles(Checkout.Path("tests", "LinuxMemory.Core.Tests", "Oom", "Logs"), "*.log").Select(File.ReadAllBytes),
            .. OomPastedLogTests.Texts.Select(row => Encoding.UTF8.GetBytes(row.Data.Item2)),
            .. OomPastedLogTests.Texts.Take(2).Select(row => (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(row.Data.Item2)]),
            OomJournalTests.ExportLog(), OomJournalTests.ExportLog(), OomJournalTests.VerboseLog(), OomJournalTests.VerboseLog(),
        ];
        Random random = new(seed);
        int found = 0;
        for (int i = 0; i < Rounds; i++)
        {
            byte[] damaged = logs[random.Next(logs.Length)];
            for (int more = random.Next(4); more >= 0; more--)
            {
                damaged = Mutation.Of(damaged, random);
            }
            try
            {
                found += OomLogs.Parse(damaged, boot: random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch).Count;
            }
            catch (Exception e)
            {
                Assert.Fail($"round {i}, LINUXMEMORY_SEED={seed}: {e}");
            }
        }
        Assert.True(found > Rounds / 2, $"{found} events");
    }
}
