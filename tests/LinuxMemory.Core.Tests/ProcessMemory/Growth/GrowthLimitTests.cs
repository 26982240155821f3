using System.Diagnostics;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Collection(nameof(StartsProcesses))]
public class GrowthLimitTests
{
    private static readonly string[] Limits =
        ["Max data size", "Max stack size", "Max core file size", "Max resident set", "Max locked memory", "Max address space", "Max msgqueue size"];

    [Fact]
    public void A_limit_of_the_process_counts_when_it_is_the_nearest()
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", "ulimit -v 200000; echo ready; read"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Assert.Equal("ready", shell.StandardOutput.ReadLine());

        GrowthLimit limit = GrowthLimit.Nearest(Machine.Live, shell.Id)!;
        shell.Kill();
        shell.WaitForExit();

        Assert.Equal("RLIMIT_AS", limit.Name);
        Assert.InRange(limit.Headroom, 1, 200_000 * 1024);
    }

    [Fact]
    public void The_group_of_the_process_counts_not_that_of_the_reader()
    {
        using TemporaryTree tree = new();
        Fill(tree, 5, "/app");
        tree.Write("proc/meminfo", File.ReadAllText(Fixture.PathOf("6.12.117+deb12-amd64-uma") + "/proc/meminfo"));
        tree.Write("sys/fs/cgroup/app/memory.max", "104857600\n");
        tree.Write("sys/fs/cgroup/app/memory.current", "94371840\n");
        tree.Write("sys/fs/cgroup/app/memory.stat", "anon 94371840\ninactive_file 0\n");

        GrowthLimit limit = GrowthLimit.Nearest(Machine.At(tree.Root), 5)!;

        Assert.Equal(("cgroup /app", 10L << 20), (limit.Name, limit.Headroom));
    }

    [Fact]
    public void Without_limits_the_machine_is_the_limit()
    {
        using TemporaryTree tree = new();
        Fill(tree, 5, "/");
        tree.Write("proc/meminfo", File.ReadAllText(Fixture.PathOf("6.12.117+deb12-amd64-swap") + "/proc/meminfo"));
        MemInfo memory = MemInfoFile.Read(Machine.At(tree.Root));

        GrowthLimit limit = GrowthLimit.Nearest(Machine.At(tree.Root), 5)!;

        Assert.Equal(("machine", memory.MemAvailable!.Value + memory.SwapFree!.Value), (limit.Name, limit.Headroom));
    }

    [Fact]
    public void The_time_is_the_room_by_the_pace()
    {
        Assert.Equal(TimeSpan.FromHours(1), GrowthLimit.TimeFor(3600, 1));
        Assert.Equal(TimeSpan.Zero, GrowthLimit.TimeFor(-5, 1));
        Assert.Null(GrowthLimit.TimeFor(1e18, 1e-9));
        Assert.Null(GrowthLimit.TimeFor(100, 0));
        Assert.Null(GrowthLimit.TimeFor(100, -1));
    }

    private static void Fill(TemporaryTree tree, int id, string group)
    {
        string captured = Fixture.PathOf("6.12.117+deb12-amd64-uma") + "/proc/1/";
        tree.Write($"proc/{id}/stat", File.ReadAllText(captured + "stat"));
        tree.Write($"proc/{id}/status", File.ReadAllText(captured + "status"));
        tree.Write($"proc/{id}/cmdline", "init");
        tree.Write($"proc/{id}/limits", "Limit                     Soft Limit           Hard Limit           Units     \n"
            + string.Concat(Limits.Select(name => $"{name,-26}unlimited            unlimited            bytes     \n")));
        tree.Write($"proc/{id}/cgroup", $"0::{group}\n");
        tree.Write($"proc/{id}/mountinfo", "35 31 0:32 / /sys/fs/cgroup rw,relatime shared:9 - cgroup2 cgroup2 rw\n");
    }
}
