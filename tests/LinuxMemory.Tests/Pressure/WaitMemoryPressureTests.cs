using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public class WaitMemoryPressureTests
{
    private static readonly string Captured = Fixture.PathOf("6.12.117+deb12-amd64-cgroup2-oom");

    private readonly RecordingCalls _calls = new();

    [Fact]
    public void Sets_the_trigger_in_microseconds_and_writes_the_pressure_when_it_fires()
    {
        using RecordingShell shell = Run(new WaitMemoryPressureCommand { Stall = TimeSpan.FromMilliseconds(150), Kind = PressureKind.Full });

        Assert.Equal($"wait {Captured}/proc/pressure/memory: full 150000 2000000", Assert.Single(_calls.Made));
        Assert.Equal("System", Assert.IsType<MemoryPressure>(Assert.Single(shell.Output)).Scope);
    }

    [Fact]
    public void Writes_nothing_when_the_time_is_over()
    {
        _calls.Pressure = () => false;

        using RecordingShell shell = Run(new WaitMemoryPressureCommand { Stall = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1) });

        Assert.Empty(shell.Output);
        Assert.Empty(shell.Errors);
    }

    [Fact]
    public void Watches_the_file_of_a_cgroup()
    {
        using RecordingShell shell = Run(new WaitMemoryPressureCommand { Stall = TimeSpan.FromSeconds(3), Cgroup = "app.slice" });

        Assert.EndsWith("/app.slice/memory.pressure: some 3000000 4000000", Assert.Single(_calls.Made), StringComparison.Ordinal);
        Assert.Equal("/app.slice", Assert.IsType<MemoryPressure>(Assert.Single(shell.Output)).Scope);
    }

    [Theory]
    [InlineData(Errno.EINVAL, "write a trigger into", null, ErrorIds.PressureTriggerInvalid)]
    [InlineData(Errno.EACCES, "open for writing", null, ErrorIds.PermissionDenied)]
    [InlineData(Errno.EOPNOTSUPP, "open for writing", null, ErrorIds.PressureUnavailable)]
    [InlineData(Errno.ENODEV, "poll", "app.slice", ErrorIds.CgroupNotFound)]
    public void What_the_kernel_refuses_is_said_in_words(Errno errno, string operation, string? group, string id)
    {
        _calls.Pressure = () => throw new KernelException(errno, operation, "/proc/pressure/memory");

        using RecordingShell shell = Run(new WaitMemoryPressureCommand { Stall = TimeSpan.FromSeconds(1), Cgroup = group });

        Assert.Equal(id, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void A_group_that_is_not_there_is_named()
    {
        using RecordingShell shell = Run(new WaitMemoryPressureCommand { Stall = TimeSpan.FromSeconds(1), Cgroup = "no/such" });

        Assert.Equal((ErrorIds.CgroupNotFound, "no/such"), (shell.Errors[0].Id, shell.Errors[0].Target));
    }

    [Fact]
    public void A_machine_without_pressure_says_why()
    {
        using WaitMemoryPressureCommand command = new() { Stall = TimeSpan.FromSeconds(1) };
        _calls.Pressure = () => throw new KernelException(Errno.ENOENT, "open for writing", "/proc/pressure/memory");
        command.WorkOn(Machine.At(Fixture.PathOf("6.1.0-56-amd64-cgroup1-nopsi"), _calls));

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.PressureUnavailable, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void A_tree_of_files_has_no_kernel_to_wait_for()
    {
        using WaitMemoryPressureCommand command = new() { Stall = TimeSpan.FromSeconds(1), Root = Captured };

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.LiveMachineNeeded, Assert.Single(shell.Errors).Id);
    }

    [Theory]
    [InlineData(0.15, 2)]
    [InlineData(2, 2)]
    [InlineData(2.5, 4)]
    [InlineData(9, 10)]
    [InlineData(40, 10)]
    public void The_window_is_the_shortest_that_needs_no_privilege(double stall, double window) =>
        Assert.Equal(TimeSpan.FromSeconds(window), PressureTrigger.WindowFor(TimeSpan.FromSeconds(stall)));

    private RecordingShell Run(WaitMemoryPressureCommand command)
    {
        command.WorkOn(Machine.At(Captured, _calls));
        using (command)
        {
            return CmdletRun.Run(command);
        }
    }
}
