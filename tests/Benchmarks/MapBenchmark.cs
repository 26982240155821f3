using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>The mappings of one process that has 60,000.</summary>
internal static class MapBenchmark
{
    private const int Count = 60_000;
    private const int Rounds = 9;

    public static void Run(Table table)
    {
        using ManyMappings child = new(Count);
        string smaps = $"/proc/{child.Id}/smaps";
        double[] raw = Timing.Medians(Rounds, Timing.InProcess(() => Stream(child.Id)), Timing.InProcess(() => RawReading.ReadAway(smaps)));
        table.Within($"{Count:N0} mappings in C#", ("ProcessMemoryMap.Read", raw[0]), ("reading smaps and throwing it away", raw[1]), 1.5);

        long size = RawReading.ReadAway(smaps);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int mappings = Stream(child.Id);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        table.AtMost("Managed bytes for each mapping", (double)allocated / mappings, 600, " bytes");
        table.AtMost("Read before the first object is out", 100.0 * BytesBeforeFirst(child.Id) / size, 1, " %", theirs: $"the file has {size:N0} bytes");
        table.AtMost("Live memory at the end of the stream more than at its begin", GrowthWhileStreaming(child.Id) / 1024.0, 64, " KiB");
        InThePipeline(table, child.Id);
    }

    private static void InThePipeline(Table table, int id)
    {
        const string what = "The same through the pipeline";
        using Session? session = Session.PowerShell();
        if (session is null)
        {
            table.Missing(what, "there is no pwsh on PATH");
        }
        else if (Timing.Find("pmap") is not string pmap)
        {
            table.Missing(what, "pmap is not installed (package procps)");
        }
        else
        {
            string ours = $"Get-ProcessMemoryMap -Id {id} | Out-Null";
            session.Warm(ours);
            double[] times = Timing.Medians(Rounds, () => session.Run(ours),
                Timing.Program(pmap, "-X", id.ToString(CultureInfo.InvariantCulture)));
            table.Faster(what, ("Get-ProcessMemoryMap to Out-Null", times[0]), ("pmap -X to /dev/null", times[1]), 4);
        }
    }

    private static int Stream(int id)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, id);
        return ProcessMemoryMap.Read(process).Count();
    }

    private static long BytesBeforeFirst(int id)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, id);
        long nothing = -RawReading.BytesRead() + RawReading.BytesRead();
        long before = RawReading.BytesRead();
        _ = ProcessMemoryMap.Read(process).Any();
        return RawReading.BytesRead() - before - nothing;
    }

    private static long GrowthWhileStreaming(int id)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, id);
        long first = 0;
        long last = 0;
        int taken = 0;
        foreach (ProcessMemoryMapping _ in ProcessMemoryMap.Read(process))
        {
            if (++taken % (Count / 10) == 0)
            {
                last = GC.GetTotalMemory(forceFullCollection: true);
                first = first == 0 ? last : first;
            }
        }
        return Math.Max(0, last - first);
    }
}
