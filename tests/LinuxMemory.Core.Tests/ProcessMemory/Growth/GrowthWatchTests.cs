using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What is said of a growing .NET process, by what its collector did meanwhile.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class GrowthWatchTests
{
    [Fact]
    public void A_growing_heap_of_a_collector_is_named_as_what_it_may_be()
    {
        // This process is one of .NET, and nobody looked at it before.
        ProcessMemoryGrowth explained = new GrowthWatch(Machine.Live).Explain(Growing(Environment.ProcessId));

        Assert.Equal(GrowthVerdict.Growing, explained.Verdict);
        Assert.Contains("a .NET heap that was not collected as a whole yet looks the same", explained.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heap_that_was_not_collected_is_not_said_to_leak()
    {
        using GrowthProgram program = GrowthPrograms.StartManaged('n', 1);
        GrowthWatch watch = new(Machine.Live);
        watch.Remember([program.Id], CancellationToken.None);
        program.GoOn(1);

        ProcessMemoryGrowth explained = watch.Explain(Growing(program.Id));

        Assert.Equal((GrowthVerdict.Inconclusive, "no background collection of its .NET heap was seen: measure longer (with gcConcurrent=0 there is none: compare heaps by dotnet-gcdump)"), (explained.Verdict, explained.Reason));
        Assert.Equal((null, null), (explained.Limit, explained.TimeToLimit));
    }

    [Fact]
    public void A_heap_that_grows_although_it_was_collected_leaks()
    {
        using GrowthProgram program = GrowthPrograms.StartManaged('b', 1);
        GrowthWatch watch = new(Machine.Live);
        Collect(program, watch);

        ProcessMemoryGrowth explained = watch.Explain(Growing(program.Id));

        Assert.Equal(GrowthVerdict.Growing, explained.Verdict);
        Assert.DoesNotContain(".NET", explained.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_in_between_counts_although_its_thread_has_gone()
    {
        using TemporaryTree tree = new();
        tree.Write("proc/7/stat", $"7 (dotnet) S{string.Concat(Enumerable.Repeat(" 1", 49))}\n");
        tree.Write("proc/7/smaps", "7f0000000000-7f0000001000 r--p 00000000 00:19 3 /usr/share/dotnet/libcoreclr.so\nRss: 4 kB\nVmFlags: rd \n");
        Thread(tree, 7, "dotnet", 900);
        GrowthWatch watch = new(tree.Machine);
        watch.Remember([7], CancellationToken.None);
        watch.Observe();
        Assert.False(watch.HasCollected(7));

        Thread(tree, 9, ".NET BGC", 1);
        watch.Observe();
        Directory.Delete(tree.PathOf("proc/7/task/9"), recursive: true);
        watch.Observe();
        Assert.True(watch.HasCollected(7));
    }

    [Fact]
    public void A_heap_that_may_be_filled_for_the_first_time_is_not_said_to_leak()
    {
        using GrowthProgram program = GrowthPrograms.StartManaged('b', 1);
        GrowthWatch watch = new(Machine.Live);
        Collect(program, watch);

        // Measured since it started.
        ProcessMemoryGrowth growth = Growing(program.Id);
        ProcessMemoryGrowth explained = watch.Explain(growth with { Duration = DateTimeOffset.Now - growth.StartTime!.Value });

        Assert.Equal((GrowthVerdict.Inconclusive, "its .NET heap may be filled for the first time: measure again later, or longer"), (explained.Verdict, explained.Reason));
    }

    [Theory]
    [InlineData(1, GrowthVerdict.Inconclusive, "its Java heap may be filled for the first time: see Get-JavaHeap")]
    [InlineData(0, GrowthVerdict.Growing, "Get-JavaHeap tells whether the Java heap leaks")]
    public void A_Java_heap_may_be_filled_for_the_first_time_too(int measured, GrowthVerdict verdict, string reason)
    {
        using TemporaryTree folder = new();
        folder.Write("Sleep.java", "public class Sleep { public static void main(String[] a) throws Exception { System.out.println(\"ready\"); Thread.sleep(600000); } }");
        string java = Child.Tool("java");
        Assert.SkipWhen(Child.Run(java, "--list-modules")?.Contains("jdk.compiler", StringComparison.Ordinal) != true, "no Java compiler is installed");
        using Child child = Child.Start(java, "-Xmx64m", folder.PathOf("Sleep.java"));
        GrowthWatch watch = new(Machine.Live);
        watch.Remember([child.Id], CancellationToken.None);
        ProcessMemoryGrowth growth = Growing(child.Id);

        ProcessMemoryGrowth explained = watch.Explain(growth with { Duration = (DateTimeOffset.Now - growth.StartTime!.Value) * measured });

        Assert.Equal(verdict, explained.Verdict);
        Assert.Contains(reason, explained.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_collected_when_one_of_its_threads_waited_or_came()
    {
        using TemporaryTree tree = new();
        Thread(tree, 7, "dotnet", 900);
        Thread(tree, 8, ".NET Finalizer", 80);
        Thread(tree, 9, ".NET BGC", 5);
        using KernelDirectory process = ProcessList.Open(tree.Machine, 7);
        DotNetCollector first = DotNetCollector.Read(process)!;
        Thread(tree, 7, "dotnet", 901);
        Thread(tree, 8, ".NET Finalizer", 81);
        Assert.False(DotNetCollector.Read(process)!.HasCollectedSince(first));

        Thread(tree, 9, ".NET BGC", 6);
        Assert.True(DotNetCollector.Read(process)!.HasCollectedSince(first));

        Directory.Delete(tree.PathOf("proc/7/task/9"), recursive: true);
        Assert.False(DotNetCollector.Read(process)!.HasCollectedSince(first));

        Thread(tree, 10, ".NET Background", 1);
        Assert.True(DotNetCollector.Read(process)!.HasCollectedSince(first));

        File.Delete(tree.PathOf("proc/7/task/10/status"));
        Assert.Null(DotNetCollector.Read(process));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(40, 60, true)]
    [InlineData(60, 40, false)]
    public void Memory_of_malloc_is_not_the_collectors(long heap, long anonymous, bool isManaged) =>
        Assert.Equal(isManaged, GrowthWatch.IsManaged([Grown(ProcessMemoryKind.Heap, heap), Grown(ProcessMemoryKind.Anonymous, anonymous)]));

    private static ProcessMemoryMapDifference Grown(ProcessMemoryKind kind, long change) =>
        new() { Change = ProcessMemoryMapChange.Grown, ProcessId = 1, Start = 4096, Kind = kind, Permissions = "rw-p", Size = 1000, SizeChange = 0, RssChange = change };

    private static void Thread(TemporaryTree tree, int id, string name, int waits)
    {
        tree.Write($"proc/7/task/{id}/comm", $"{name}\n");
        tree.Write($"proc/7/task/{id}/status", $"Name:\t{name}\nThreads:\t4\nvoluntary_ctxt_switches:\t{waits}\nnonvoluntary_ctxt_switches:\t1000\n");
    }

    // Makes it collect its whole heap in the background, under the eyes of a watch.
    private static void Collect(GrowthProgram program, GrowthWatch watch)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, program.Id);
        watch.Remember([program.Id], CancellationToken.None);
        DotNetCollector? first = DotNetCollector.Read(process);
        double part = 0;
        Assert.True(SpinWait.SpinUntil(() =>
        {
            program.GoOn(part += 0.001);
            return DotNetCollector.Read(process)!.HasCollectedSince(first!);
        }, TimeSpan.FromMinutes(1)));
    }

    private static ProcessMemoryGrowth Growing(int id)
    {
        ProcessMemory own = new ProcessMemoryReader(Machine.Live) { Fast = true }.Read(id, false)!;
        ProcessMemoryGrowthMeter meter = new();
        for (int i = 0; i < 100; i++)
        {
            meter.Add(new GrowthSample { Id = own.Id, StartTime = own.StartTime, Time = own.Time.AddMinutes(i), Measure = "RssAnon+Swap", Value = (50L << 20) + (i << 20) });
        }
        ProcessMemoryGrowth growth = Assert.Single(meter.Results());
        Assert.Equal((GrowthVerdict.Growing, "its floor rises steadily"), (growth.Verdict, growth.Reason));
        // As if it had been measured just now, long after its start.
        return growth with { Duration = TimeSpan.Zero };
    }
}
