using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>All processes, with 300 more than there were.</summary>
internal static class ProcessBenchmark
{
    private const int Count = 300;
    private const int Rounds = 9;

    private const string Psutil =
        "for process in psutil.process_iter(['memory_full_info', 'name', 'cmdline', 'username', 'ppid', 'create_time', 'num_threads']): process.info";

    private static readonly string[] Files = ["stat", "status", "smaps_rollup", "cmdline", "oom_score", "oom_score_adj", "cgroup"];

    public static void Run(Table table)
    {
        using Session? session = Session.PowerShell();
        List<Process> sleepers = [];
        try
        {
            for (int i = 0; i < Count; i++)
            {
                sleepers.Add(Process.Start("sleep", "900"));
            }
            Compare(table, session);
        }
        finally
        {
            foreach (Process sleeper in sleepers)
            {
                sleeper.Kill();
                sleeper.WaitForExit();
                sleeper.Dispose();
            }
        }
    }

    private static void Compare(Table table, Session? session)
    {
        double[] core = Timing.Medians(Rounds, Timing.InProcess(() => ReadAll()), Timing.InProcess(RawRead));
        table.Within("All processes in C#", ("ProcessMemoryReader", core[0]), ("reading the same files on one processor", core[1]), 1.5);
        if (session is null)
        {
            table.Missing("All processes in the pipeline", "there is no pwsh on PATH");
            return;
        }
        const string ours = "Get-ProcessMemory | Out-Null";
        session.Warm(ours);
        double Ours() => session.Run(ours);

        double[] raw = Timing.Medians(Rounds, Ours, Timing.InProcess(RawRead));
        table.Within("All processes in the pipeline", ("Get-ProcessMemory", raw[0]), ("reading the same files on one processor", raw[1]), 1.5);
        using Session? python = Session.Python("psutil");
        if (python is null)
        {
            table.Missing("The same beside psutil", "psutil is not installed (package python3-psutil)");
        }
        else
        {
            double[] psutil = Timing.Medians(Rounds, Ours, () => python.Run(Psutil));
            table.Faster("The same beside psutil", ("Get-ProcessMemory", psutil[0]), ("process_iter in a warm Python", psutil[1]), 2);
        }
        if (Timing.Find("smem") is not string smem)
        {
            table.Missing("The same beside smem", "smem is not installed");
            return;
        }
        double[] times = Timing.Medians(Rounds, Ours, Timing.Program(smem));
        table.Faster("The same beside smem", ("Get-ProcessMemory", times[0]), ("smem", times[1]), 5);
    }

    private static int ReadAll()
    {
        ProcessMemoryReader reader = new(Machine.Live);
        return reader.ReadMany([.. ProcessList.Ids(Machine.Live).Select(id => (id, false))], CancellationToken.None).Count();
    }

    private static void RawRead()
    {
        foreach (int id in Machine.Live.ListNumbers("proc"))
        {
            // Kernel threads have no command line; of them only stat is wanted.
            if (RawReading.ReadAway($"/proc/{id}/cmdline") == 0)
            {
                RawReading.ReadAway($"/proc/{id}/stat");
                continue;
            }
            foreach (string file in Files)
            {
                RawReading.ReadAway($"/proc/{id}/{file}");
            }
        }
    }
}
