using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>A log of 1 GB with next to nothing about memory in it, and one kill at its end.</summary>
internal static class OomLogBenchmark
{
    private const int Rounds = 3;
    private const long Size = 1_000_000_000;
    private const string Kill = "Mar  4 05:06:07 host kernel: [ 9999.000000] Out of memory: Killed process 9 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n";

    public static void Run(Table table)
    {
        string path = Path.GetTempFileName();
        try
        {
            Write(path);
            Func<double> ours = Timing.InProcess(() => Read(path));
            if (Timing.Find("grep") is string grep)
            {
                double[] times = Timing.Medians(Rounds, ours, Timing.Program(grep, "-cE", "invoked oom-killer|Killed process", path));
                table.Beside("A log of 1 GB with one kill", ("OomEvents.ReadFiles", times[0]), ("grep -cE 'invoked oom-killer\\|Killed process'", times[1]));
                table.AtMost("Milliseconds for each MB of it", times[0] / (Size / 1e6), 5, " ms", theirs: "5 ms is 200 MB/s");
            }
            else
            {
                table.Missing("A log of 1 GB with one kill", "grep is not installed");
            }
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Read(path);
            table.AtMost("Bytes allocated to read it", (GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / 1024, 64, " MiB");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Read(string path)
    {
        int found = OomEvents.ReadFiles(Machine.Live, [path], (_, e) => throw e).Count();
        if (found != 1)
        {
            throw new InvalidOperationException($"{found} events");
        }
    }

    private static void Write(string path)
    {
        StringBuilder block = new();
        for (int i = 0; i < 100_000; i++)
        {
            block.Append("Mar  4 05:06:").Append((i % 60).ToString("00")).Append(" host app[").Append(i).Append("]: the request of user ").Append(i * 7).AppendLine(" took 12 ms and was answered with 200 OK");
        }
        byte[] bytes = Encoding.UTF8.GetBytes(block.ToString());
        using FileStream file = File.OpenWrite(path);
        while (file.Length + bytes.Length < Size)
        {
            file.Write(bytes);
        }
        file.Write(Encoding.UTF8.GetBytes(Kill));
    }
}
