using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class InvokeMemoryReclaimTests : IDisposable
{
    private const string Group = "sys/fs/cgroup/a";
    private const string Pressure = "some avg10=0.00 avg60=0.00 avg300=0.00 total=5000\n";

    private readonly TemporaryTree _tree = new();

    public InvokeMemoryReclaimTests()
    {
        _tree.Write("proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        _tree.Write($"{Group}/memory.current", "67108864\n");
        _tree.Write($"{Group}/memory.high", "max\n");
    }

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(4L << 20, null, "1048576\n", "4.0 MiB")]
    [InlineData(2000L, 0, "2000 swappiness=0\n", "2.0 KiB")]
    [InlineData(null, 200, "4194304 swappiness=200\n", "all that can be had")]
    public void It_is_asked_for_in_pieces(long? size, int? swappiness, string written, string amount)
    {
        _tree.Write($"{Group}/memory.reclaim", "");
        _tree.Write($"{Group}/memory.pressure", Pressure);

        using RecordingShell shell = Run(new() { Size = size, Swappiness = swappiness });

        CgroupReclaimResult result = Assert.IsType<CgroupReclaimResult>(Assert.Single(shell.Output));
        Assert.Equal(("/a", size, 0L, CgroupReclaimEnd.Done, TimeSpan.Zero), (result.Path, result.Asked, result.Reclaimed, result.End, result.Stall));
        Assert.Equal(written, _tree.Read($"{Group}/memory.reclaim"));
        Assert.EndsWith($"Reclaim {amount} of the memory of /a", Assert.Single(shell.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_when_tasks_wait_too_long()
    {
        _tree.Write($"{Group}/memory.reclaim", "");
        string pressure = _tree.Write($"{Group}/memory.pressure", Pressure);
        CgroupHierarchy hierarchy = CgroupHierarchy.OfMemory(_tree.Machine)!;
        List<CgroupReclaimResult> results = [];
        List<int> percents = [];
        void Progress(int percent)
        {
            percents.Add(percent);
            if (percents.Count == 3)
            {
                File.WriteAllText(pressure, Pressure.Replace("5000", "905000", StringComparison.Ordinal));
            }
        }

        (CgroupReclaimChange.Plan(_tree.Machine, hierarchy, "/a", 64 << 20, results.Add, Progress, TestContext.Current.CancellationToken) with { MaxStall = TimeSpan.FromMilliseconds(500) }).Apply(_tree.Machine);

        Assert.Equal(3, percents.Count);
        Assert.Equal((CgroupReclaimEnd.Stalled, TimeSpan.FromMilliseconds(900)), (results[0].End, results[0].Stall));
    }

    [Fact]
    public void It_stops_when_the_user_does()
    {
        _tree.Write($"{Group}/memory.reclaim", "");
        using CancellationTokenSource stopping = new();
        List<CgroupReclaimResult> results = [];

        CgroupReclaimChange.Plan(_tree.Machine, CgroupHierarchy.OfMemory(_tree.Machine)!, "/a", 64 << 20, results.Add, _ => stopping.Cancel(), stopping.Token).Apply(_tree.Machine);

        Assert.Equal(CgroupReclaimEnd.Stopped, results[0].End);
    }

    [Fact]
    public void Without_memory_reclaim_memory_high_is_lowered_and_put_back()
    {
        using RecordingShell shell = Run(new() { Size = 4 << 20 });

        // A tree reclaims nothing.
        Assert.Equal(CgroupReclaimEnd.NothingLeft, Assert.IsType<CgroupReclaimResult>(Assert.Single(shell.Output)).End);
        Assert.Equal("max\n", _tree.Read($"{Group}/memory.high"));
    }

    [Fact]
    public void What_a_kernel_cannot_do_is_refused_before_anything_is_written()
    {
        Assert.Equal(ErrorIds.CgroupLimitUnavailable, Assert.Single(Run(new() { Size = 4096, Swappiness = 10 }).Errors).Id);
        Assert.Equal(ErrorIds.CgroupLimitUnavailable, Assert.Single(Run(new() { Size = 4096, MaxStall = TimeSpan.FromSeconds(1) }).Errors).Id);
        Assert.Equal(ErrorIds.CgroupNotFound, Assert.Single(Run(new() { Size = 4096, Path = ["b"] }).Errors).Id);
    }

    [Fact]
    public void Version_1_is_emptied_with_a_warning_when_an_amount_was_asked()
    {
        _tree.Write("proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup/memory rw - cgroup c rw,memory\n");
        _tree.Write("sys/fs/cgroup/memory/a/memory.usage_in_bytes", "4096\n");
        _tree.Write("sys/fs/cgroup/memory/a/memory.force_empty", "");

        using RecordingShell shell = Run(new() { Size = 4096 });

        Assert.Single(shell.Warnings);
        Assert.Equal("0\n", _tree.Read("sys/fs/cgroup/memory/a/memory.force_empty"));
        Assert.Equal(CgroupReclaimEnd.Done, Assert.IsType<CgroupReclaimResult>(Assert.Single(shell.Output)).End);
        Assert.Equal(ErrorIds.CgroupLimitUnavailable, Assert.Single(Run(new() { Swappiness = 10 }).Errors).Id);
        Assert.Equal(ErrorIds.CgroupLimitUnavailable, Assert.Single(Run(new() { Path = ["/"] }).Errors).Id);
    }

    private RecordingShell Run(InvokeMemoryReclaimCommand command)
    {
        using (command)
        {
            command.Path = command.Path.Length > 0 ? command.Path : ["a"];
            command.WorkOn(Machine.At(_tree.Root, new RecordingCalls()));
            return CmdletRun.Run(command);
        }
    }
}
