using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>The core of a process with 2 GiB in memory, beside gcore.</summary>
internal static class CoreBenchmark
{
    private const int Rounds = 9;
    private const int Warming = 1;
    private const int BetweenOffers = 2000;
    private const string Mebibytes = "2048";

    // hold: so many MiB, filled with what does not repeat.
    // write: the least that a core of so many MiB costs, one buffer written to a file again and again.
    private const string Source = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>
        #include <unistd.h>
        #define PIECE (512UL << 10)
        static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
        int main(int argc, char **argv)
        {
            unsigned long words = (strtoul(argv[2], 0, 10) << 20) / 8, x = 88172645463325252UL;
            double start = now();
            if (!strcmp(argv[1], "write"))
            {
                char *buffer = malloc(PIECE);
                int file = open(argv[3], O_WRONLY | O_CREAT | O_EXCL, 0600);
                memset(buffer, 1, PIECE);
                for (unsigned long at = 0; at < words * 8; at += PIECE) if (pwrite(file, buffer, PIECE, at) != PIECE) return 1;
                printf("%f\n", now() - start);
                return unlink(argv[3]);
            }
            unsigned long *p = malloc(words * 8);
            for (unsigned long i = 0; i < words; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; p[i] = x; }
            printf("%f\n", now() - start);
            fflush(stdout);
            char c;
            while (read(0, &c, 1) > 0) {}
            return p[words / 2] == 0;
        }
        """;

    // A Java program whose heap was filled by the JVM at its start, as servers are set up, and of which it uses some.
    private const string Java = """
        class Hold
        {
            public static void main(String[] arguments) throws Exception
            {
                byte[][] used = new byte[512][];
                java.util.Random random = new java.util.Random(1);
                for (int i = 0; i < used.length; i++) { used[i] = new byte[1 << 20]; random.nextBytes(used[i]); }
                System.out.println(used.length);
                System.in.read();
            }
        }
        """;

    public static void Run(Table table)
    {
        using NativeTool? tool = NativeTool.Compile(Source);
        string? gcore = Timing.Find("gcore");
        if (tool is null || gcore is null)
        {
            table.Missing("Core of 2 GiB in memory", "there is no C compiler (package gcc), or no gcore (package gdb)");
            return;
        }
        (Process native, _) = tool.Start("hold", Mebibytes);
        double[] times = Cores(tool, gcore, native, () => tool.OwnTime("write", Mebibytes, Path.Join(tool.Folder, "ours"))());
        table.Faster("Core of 2 GiB in memory that does not repeat", ("ProcessCore.Write", times[0]), ("gcore", times[1]), 3);
        table.Beside("The same beside the least it can cost: as much written from one buffer", ("ProcessCore.Write", times[0]), ("pwrite in C", times[2]));
        End(native);
        if (Timing.Find("java") is not string java)
        {
            table.Missing("Core of a Java program", "there is no java");
            return;
        }
        string source = Path.Join(tool.Folder, "Hold.java");
        File.WriteAllText(source, Java);
        Process program = Process.Start(new ProcessStartInfo(java, ["-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", source]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        program.StandardOutput.ReadLine();
        times = Cores(tool, gcore, program);
        table.Faster("Core of a Java program with a heap of 2 GiB in memory, a quarter of it used", ("ProcessCore.Write", times[0]), ("gcore", times[1]), 3);
        End(program);
    }

    private static double[] Cores(NativeTool tool, string gcore, Process process, params Func<double>[] others)
    {
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        string ours = Path.Join(tool.Folder, "ours");
        string theirs = Path.Join(tool.Folder, "theirs");
        Func<double>[] candidates = [Timing.InProcess(() => Write(process.Id, ours)), Timing.Program(gcore, "-o", theirs, id), .. others];
        return Timing.Medians(Rounds, Warming, [.. candidates.Select(candidate => OnWarmMemory(candidate, ours, $"{theirs}.{id}"))]);
    }

    // A virtual machine's kernel offers its host the memory that is free (free page reporting, since 5.7), every two seconds. Whoever needs
    // a page of it then waits until the host has found another, many times as long as the copy takes. Of two runs in a row the second
    // counts: it gets the memory that the first has just given back. Without the pause an offer could meet the same candidate in each round.
    private static Func<double> OnWarmMemory(Func<double> candidate, params string[] files) => () =>
    {
        Thread.Sleep(Random.Shared.Next(BetweenOffers));
        candidate();
        Array.ForEach(files, File.Delete);
        double time = candidate();
        Array.ForEach(files, File.Delete);
        return time;
    };

    private static void Write(int id, string path)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, id);
        ProcessCore.Write(Machine.Live, process, path, null, freeze: false, CancellationToken.None);
    }

    private static void End(Process child)
    {
        child.StandardInput.Close();
        child.WaitForExit();
        child.Dispose();
    }
}
