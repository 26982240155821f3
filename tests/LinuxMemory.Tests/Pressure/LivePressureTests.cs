using System.Diagnostics;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>Real pressure in a limited group of our own, and waits that end.</summary>
[Trait("Category", "Live")]
public sealed class LivePressureTests : IClassFixture<MachineState>
{
    [Fact]
    public void Real_pressure_in_a_limited_group_fires_the_trigger()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using LimitedGroup? group = LimitedGroup.TryMake(32 << 20);
        Assert.SkipWhen(group is null, "no cgroup of version 2 with pressure and a memory limit can be made here");
        using Process load = group.Start("sleep 0.5; i=0; while [ $i -lt 200 ]; do dd if=/dev/zero of=\"$0\" bs=1M count=96 status=none; i=$((i+1)); done");
        try
        {
            using WaitMemoryPressureCommand command = new() { Stall = TimeSpan.FromMilliseconds(10), Cgroup = group.Name, Timeout = TimeSpan.FromSeconds(30) };

            using RecordingShell shell = CmdletRun.Run(command);

            Assert.Empty(shell.Errors);
            MemoryPressure pressure = Assert.IsType<MemoryPressure>(Assert.Single(shell.Output));
            Assert.Equal("/" + group.Name, pressure.Scope);
            Assert.True(pressure.SomeTotal >= TimeSpan.FromMilliseconds(10), $"{pressure.SomeTotal} lost");
        }
        finally
        {
            load.Kill(entireProcessTree: true);
            load.WaitForExit();
        }
    }

    [Fact]
    public void An_ordinary_user_waits_with_a_window_of_two_seconds_and_is_told_of_another()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(AsNobody("Get-MemoryPressure").Code == 0, "nobody cannot run the program here, or there is no pressure");
        using LimitedGroup? group = LimitedGroup.TryMake(32 << 20);
        Assert.SkipWhen(group is null, "no cgroup of version 2 with pressure and a memory limit can be made here");
        (int refused, string reason) = AsNobody("Wait-MemoryPressure", "1s", "-Window", "3s", "-Timeout", "1s");
        Assert.SkipWhen(reason.Contains(ErrorIds.PermissionDenied, StringComparison.Ordinal), "before 6.4 only root may set a trigger");
        Assert.NotEqual(0, refused);
        Assert.Contains($"[{ErrorIds.PressureTriggerInvalid}]", reason, StringComparison.Ordinal);
        Assert.Contains("multiple of 2 seconds", reason, StringComparison.Ordinal);
        using Process load = group.Start("while :; do dd if=/dev/zero of=\"$0\" bs=1M count=96 status=none; done");
        try
        {
            (int code, string output) = AsNobody("Wait-MemoryPressure", "10ms", "-Timeout", "60s", "-As", "Json");

            Assert.True(code == 0, output);
            Assert.Contains("\"Scope\":\"System\"", output, StringComparison.Ordinal);
        }
        finally
        {
            load.Kill(entireProcessTree: true);
            load.WaitForExit();
        }
    }

    private static (int Code, string Output) AsNobody(params string[] command) => Live.Run("setpriv",
        ["--reuid", "65534", "--regid", "65534", "--clear-groups", "env", "HOME=/", "DOTNET_EnableDiagnostics=0", .. ConsoleSession.Command, .. command]);

    [Fact]
    public void A_wait_ends_at_its_timeout_and_not_before()
    {
        Assert.SkipWhen(Live.Obstacle is not null || !Machine.Live.Exists("proc/pressure/memory"), Live.Obstacle ?? "no pressure here");
        using WaitMemoryPressureCommand command = new() { Stall = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromMilliseconds(300) };
        long start = Stopwatch.GetTimestamp();

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Output);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.3, 60);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_at_once()
    {
        Assert.SkipWhen(Live.Obstacle is not null || !Machine.Live.Exists("proc/pressure/memory"), Live.Obstacle ?? "no pressure here");
        using WaitMemoryPressureCommand command = new() { Stall = TimeSpan.FromSeconds(10) };
        using RecordingShell shell = new();
        Task run = Task.Run(() => CmdletRun.Run(command, shell), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        long start = Stopwatch.GetTimestamp();

        shell.Cancel();
        await run;

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 60);
        Assert.Empty(shell.Output);
        Assert.Empty(shell.Errors);
    }

    [Fact]
    public void A_group_that_is_removed_ends_the_wait_with_an_error()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using LimitedGroup? group = LimitedGroup.TryMake(32 << 20);
        Assert.SkipWhen(group is null, "no cgroup of version 2 with pressure and a memory limit can be made here");
        using WaitMemoryPressureCommand command = new() { Stall = TimeSpan.FromSeconds(1), Cgroup = group.Name, Timeout = TimeSpan.FromSeconds(20) };
        using Timer remover = new(_ => group.Dispose(), null, 500, Timeout.Infinite);

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.CgroupNotFound, Assert.Single(shell.Errors).Id);
    }
}
