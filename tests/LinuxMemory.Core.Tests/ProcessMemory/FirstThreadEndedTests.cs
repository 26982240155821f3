using System.Globalization;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A program whose first thread has ended while another holds 50 MiB: the files of the process itself show no memory. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class FirstThreadEndedTests : IDisposable
{
    private const long Held = 50 << 20;

    private const string Source = """
        #include <pthread.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static pthread_t first;
        static void *holder(void *unused)
        {
            char *memory = mmap(0, 50 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            memset(memory, 1, 50 << 20);
            strcpy(memory + (20 << 20), "held by the second thread");
            pthread_join(first, 0);
            puts("ready");
            fflush(stdout);
            pause();
            return unused;
        }
        int main(void)
        {
            pthread_t thread;
            first = pthread_self();
            pthread_create(&thread, 0, holder, 0);
            pthread_exit(0);
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Source, "-pthread");
    private readonly KernelDirectory _process;
    private readonly ProcessStat _stat;

    public FirstThreadEndedTests()
    {
        _process = ProcessList.Open(Machine.Live, _child.Id);
        _stat = ProcessStatFile.Read(_process);
    }

    public void Dispose()
    {
        _process.Dispose();
        _child.Dispose();
    }

    [Fact]
    public void Its_stat_is_its_own_with_the_state_of_a_thread_that_lives()
    {
        string file = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_child.Id}/stat"));
        ProcessStat first = ProcessStatFile.Parse(KernelReader.Over("stat", Encoding.UTF8.GetBytes(file)));

        Assert.True(first.IsZombie);
        Assert.False(_stat.IsZombie);
        Assert.NotEqual(_child.Id, _stat.LivingThread);
        Assert.Equal((first.Id, first.Comm, first.StartTicks, first.ParentId, first.Threads), (_stat.Id, _stat.Comm, _stat.StartTicks, _stat.ParentId, _stat.Threads));
        // All of the process, and not those of the thread alone; some may have come since.
        Assert.InRange(ProcessStatFile.Read(_process).MinorFaults, first.MinorFaults, long.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_memory_is_read_through_that_thread(bool fast)
    {
        ProcessMemory memory = new ProcessMemoryReader(Machine.Live) { Fast = fast }.Read(_child.Id, false)!;

        using KernelReader file = Machine.Live.Read(string.Create(CultureInfo.InvariantCulture, $"proc/{_child.Id}/task/{_stat.LivingThread}/status"));
        ProcessStatus status = ProcessStatusFile.Parse(file);
        Assert.Equal((status.VmSize, status.RssAnon, status.VmSwap), (memory.VirtualSize, memory.RssAnon, memory.Swap));
        Assert.InRange(memory.Rss!.Value, Held, memory.VirtualSize!.Value);
        Assert.Equal(_child.Path + " " + _child.Folder, memory.CommandLine);
        Assert.Equal((2, ProcessMemoryAccess.Full), (memory.Threads, memory.Access));
        Assert.Equal(fast, memory.Pss is null);
        Assert.True(fast || memory is { Uss: >= Held, Pss: >= Held });
    }

    [Fact]
    public void Its_mappings_pages_nodes_and_bytes_are_seen()
    {
        ProcessMemoryMapping held = ProcessMemoryMap.Read(_process).Single(mapping => mapping.Rss >= Held);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, _process);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, _process, _child.Id);
        byte[] bytes = new byte[25];

        Assert.Equal(bytes.Length, contents.Read(held.End - Held + (20 << 20), bytes));

        Assert.Contains("second thread", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.InRange(pages.Of([held]).Where(range => range.State == PageState.Present).Sum(range => range.Size), Held, held.Size);
        Assert.SkipUnless(Machine.Live.Exists("proc/self/numa_maps"), "the kernel was built without NUMA");
        Assert.InRange(NumaMapsFile.Summarize(_child.Id, "", NumaMapsFile.Read(_process)).Total, Held, long.MaxValue);
    }

    [Fact]
    public void The_killer_sees_it()
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, _child.Id);

        ProcessOomScore score = ProcessOomScore.Read(process, MemInfoFile.Read(Machine.Live), Environment.SystemPageSize, OomFormula.Of(Machine.Live))!;

        Assert.InRange(score.Rss, Held, long.MaxValue);
        Assert.InRange(score.Badness!.Value, Held / Environment.SystemPageSize, long.MaxValue);
    }

    [Fact]
    public void Its_core_has_the_threads_that_live()
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, _child.Id);

        ProcessCore core = ProcessCore.Write(Machine.Live, process, Path.Join(_child.Folder, "core"), null, freeze: false, TestContext.Current.CancellationToken);

        Assert.Equal((1, 0), (core.Threads, core.ThreadsWithoutRegisters));
        Assert.InRange(core.Written, Held, core.Size);
        string? gdb = Child.Run(Child.Tool("gdb"), "-batch", "-ex", "bt", _child.Path, core.Path);
        Assert.Contains("holder", gdb, StringComparison.Ordinal);
    }
}
