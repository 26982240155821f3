using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>What a look at zones and a tick of activity cost.</summary>
internal static class KernelBenchmark
{
    private const int Ticks = 10_000;
    private const int Rounds = 15;

    public static void Run(Table table)
    {
        Tick(table);
        Zones(table);
        Flat(table);
    }

    // CPU time, not time: what a tick keeps others from.
    private static void Tick(Table table)
    {
        const int count = 500;
        ActivityReading last = ActivityReading.Take(Machine.Live);
        void Turn()
        {
            for (int i = 0; i < count; i++)
            {
                ActivityReading now = ActivityReading.Take(Machine.Live);
                now.Since(last);
                last = now;
            }
        }
        double[] times = Timing.Medians(Rounds, () =>
        {
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            Turn();
            return (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds / count;
        });
        table.AtMost("CPU time of one tick of Measure-MemoryActivity", times[0], 2, " ms", $"vmstat, meminfo and pressure read once each, {count} ticks");
    }

    private static void Zones(Table table)
    {
        const string what = "Get-MemoryZone of a captured machine with four nodes, warm";
        string packed = Path.Join(Path.GetDirectoryName(Program.Manifest), "tests", "Fixtures", "6.1.0-56-amd64-numa4-dist.tar.gz");
        string tree = Directory.CreateTempSubdirectory("linuxmemory-bench-").FullName;
        try
        {
            using (FileStream file = File.OpenRead(packed))
            using (GZipStream plain = new(file, CompressionMode.Decompress))
            {
                TarFile.ExtractToDirectory(plain, tree, overwriteFiles: true);
            }
            using Session? session = Session.PowerShell();
            if (session is null)
            {
                Machine machine = Machine.At(tree);
                double inProcess = Timing.Medians(Rounds, Timing.InProcess(() => ZoneInfoFile.Read(machine)))[0];
                table.AtMost(what + ", without PowerShell", inProcess, 1, " ms");
                return;
            }
            table.AtMost(what, Timing.Medians(Rounds, session.PowerShellTurns($"$zones = Get-MemoryZone -Root {tree}", 100))[0], 1, " ms");
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    private static void Flat(Table table)
    {
        using Session? session = Session.PowerShell();
        if (session is null)
        {
            table.Missing("Memory gained by 10,000 ticks at the shortest interval", "there is no pwsh on PATH");
            return;
        }
        // The first ten thousand warm the session: the heap finds its size, and the runtime compiles what is hot.
        session.Run($"Measure-MemoryActivity -SampleInterval 0.001 -MaxSamples {Ticks} | Out-Null");
        double before = session.Resident();
        session.Run($"Measure-MemoryActivity -SampleInterval 0.001 -MaxSamples {Ticks} | Out-Null");
        double after = session.Resident();
        table.AtMost("Memory gained by 10,000 ticks of Measure-MemoryActivity at the shortest interval", (after - before) / (1 << 20), 8, " MiB");
    }
}
