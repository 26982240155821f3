using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Which thread is taken for a process whose first thread has ended, and for those that have no memory at all.</summary>
public sealed class LivingThreadTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public LivingThreadTests()
    {
        _tree.Write("proc/stat", "btime 1000\n");
        _tree.Write("etc/passwd", "");
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Of_the_threads_one_that_lives_is_taken()
    {
        Process("7", 'Z', threads: 3, rss: 0);
        Process("7/task/7", 'Z', threads: 3, rss: 0);
        Process("7/task/8", 'X', threads: 3, rss: 0);
        Process("7/task/9", 'S', threads: 3, rss: 12);

        ProcessMemory memory = Read(7);

        Assert.Equal((7, 12 << 10, 12 << 10, 3 << 10, 3), (memory.Id, memory.Rss, memory.VirtualSize, memory.Pss, memory.Threads));
    }

    [Fact]
    public void What_no_thread_shows_is_not_known()
    {
        Process("7", 'Z', threads: 3, rss: 0);

        ProcessMemory memory = Read(7);

        Assert.Equal((null, null, null, null), (memory.Rss, memory.VirtualSize, memory.Pss, memory.Swap));
    }

    [Fact]
    public void A_zombie_has_none()
    {
        Process("7", 'Z', threads: 1, rss: 0);

        ProcessMemory memory = Read(7);

        Assert.Equal((0, 0, null), (memory.Rss, memory.VirtualSize, memory.Pss));
    }

    [Theory]
    [InlineData('Z', 1, 0)]
    [InlineData('I', 1, 0x0020_0000)]
    [InlineData('S', 40, 0)]
    public void Only_such_a_process_costs_a_look_at_its_threads(char state, int threads, long flags)
    {
        Process("7", state, threads, rss: 12, flags);
        // A loop of links can be neither listed nor taken for absent.
        File.CreateSymbolicLink(_tree.PathOf("proc/7/task"), "task");
        using KernelDirectory process = ProcessList.Open(_tree.Machine, 7);

        Assert.Null(ProcessStatFile.Read(process).LivingThread);
        Assert.Throws<KernelException>(() => process.ListNumbers("task"));
    }

    private ProcessMemory Read(int id) => new ProcessMemoryReader(_tree.Machine).Read(id, true)!;

    private void Process(string path, char state, int threads, int rss, long flags = 0)
    {
        string id = Path.GetFileName(path);
        _tree.Write($"proc/{path}/stat", string.Create(CultureInfo.InvariantCulture, $"{id} (x) {state} 1 0 0 0 -1 {flags} 0 0 0 0 0 0 0 0 20 0 {threads} 0 100 {rss << 10} {rss >> 2} 0 1 1 0 0 0\n"));
        string sizes = rss > 0 ? $"VmSize:\t{rss} kB\nVmRSS:\t{rss} kB\n" : "";
        _tree.Write($"proc/{path}/status", $"Name:\tx\nUid:\t0\t0\t0\t0\n{sizes}Threads:\t{threads}\n");
        _tree.Write($"proc/{path}/smaps_rollup", rss > 0 ? $"1000-2000 ---p 00000000 00:00 0 [rollup]\nRss: {rss} kB\nPss: 3 kB\nPrivate_Clean: 0 kB\nPrivate_Dirty: 1 kB\nSwap: 0 kB\n" : "");
    }
}
