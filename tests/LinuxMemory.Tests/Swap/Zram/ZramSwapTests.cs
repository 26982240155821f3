using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class ZramSwapTests : IDisposable
{
    private readonly TemporaryTree _tree = new();
    private readonly RecordingCalls _calls;

    public ZramSwapTests()
    {
        _calls = new RecordingCalls { Root = _tree.Root };
        _tree.Write("proc/meminfo", Fixture.Machine("6.12.117+deb12-amd64-uma").ReadText("proc/meminfo") + "\n");
        _tree.Write("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n");
        Directory.CreateDirectory(_tree.PathOf("sys/class/zram-control"));
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void The_algorithm_is_set_before_the_size_and_the_area_is_enabled_last()
    {
        using RecordingShell shell = New(new NewZramSwapCommand { Size = "min(ram/2, 64MiB)", Algorithm = "zstd", MemoryLimit = "16MB" });

        Assert.Empty(shell.Errors);
        ZramDevice device = Assert.IsType<ZramDevice>(Assert.Single(shell.Output));
        Assert.True(device is { Name: "zram0", IsSwap: true, DiskSize: 64 << 20 });
        Assert.Equal(["hot_add zram0", $"swapon {_tree.PathOf("dev/zram0")}"], _calls.Made);
        string question = Assert.Single(shell.Questions);
        Assert.True(question.IndexOf("compress with zstd", StringComparison.Ordinal) < question.IndexOf("give it 64 MiB", StringComparison.Ordinal), question);
        Assert.StartsWith("16777216", _tree.Read("sys/devices/virtual/block/zram0/mem_limit"), StringComparison.Ordinal);
        Assert.Equal(100, Assert.Single(SwapsFile.Read(Machine.At(_tree.Root))).Priority);
    }

    [Fact]
    public void Undo_removes_what_was_made_and_makes_what_was_removed()
    {
        New(new NewZramSwapCommand { Size = "64MiB" }).Dispose();

        Undo();

        Assert.Empty(ZramDevice.Names(_tree.Machine));
        Assert.Empty(SwapsFile.Read(Machine.At(_tree.Root)));
        New(new NewZramSwapCommand { Size = "32MiB", Priority = 7 }).Dispose();
        Remove("zram0").Dispose();
        Assert.Empty(ZramDevice.Names(_tree.Machine));
        Undo();
        Assert.Equal(7, Assert.Single(SwapsFile.Read(Machine.At(_tree.Root))).Priority);
    }

    [Theory]
    [InlineData("swapon")]
    [InlineData("hot_add")]
    public void What_fails_leaves_no_device(string call)
    {
        _calls.Failing = call;

        using RecordingShell shell = New(new NewZramSwapCommand { Size = "64MiB" });

        Assert.Single(shell.Errors);
        Assert.Empty(ZramDevice.Names(_tree.Machine));
        Assert.Empty(SwapsFile.Read(Machine.At(_tree.Root)));
    }

    [Fact]
    public void A_device_that_cannot_be_removed_is_in_use_again()
    {
        New(new NewZramSwapCommand { Size = "64MiB" }).Dispose();
        _calls.Failing = "hot_remove";
        _calls.Failure = Errno.EBUSY;

        using RecordingShell shell = Remove("/dev/zram0");

        Assert.Single(shell.Errors);
        Assert.Single(SwapsFile.Read(Machine.At(_tree.Root)));
    }

    [Fact]
    public void A_captured_machine_without_zram_is_told_that_it_takes_no_such_change()
    {
        using NewZramSwapCommand command = new() { Size = "64MiB", Root = Fixture.PathOf("6.12.117+deb12-amd64-uma") };

        Assert.Equal(ErrorIds.LiveMachineNeeded, ErrorOf(CmdletRun.Run(command)));
    }

    [Fact]
    public void Wrong_sizes_algorithms_and_devices_are_errors_and_change_nothing()
    {
        New(new NewZramSwapCommand { Size = "64MiB" }).Dispose();
        int made = _calls.Made.Count;

        Assert.Equal(ErrorIds.SwapSizeInvalid, ErrorOf(New(new NewZramSwapCommand { Size = "4XB" })));
        Assert.Equal(ErrorIds.SwapSizeInvalid, ErrorOf(New(new NewZramSwapCommand { Size = "4KB" })));
        Assert.Equal(ErrorIds.SettingValueInvalid, ErrorOf(New(new NewZramSwapCommand { Size = "64MiB", Algorithm = "brotli" })));
        Assert.Equal(ErrorIds.NameNotFound, ErrorOf(Remove("zram9")));
        Directory.Delete(_tree.PathOf("sys/class"), recursive: true);
        Assert.Equal(ErrorIds.ZramUnavailable, ErrorOf(New(new NewZramSwapCommand { Size = "64MiB" })));
        Assert.Equal(made, _calls.Made.Count);
    }

    [Fact]
    public void A_device_that_is_no_swap_is_not_removed()
    {
        _calls.AddZram();
        Assert.Equal(ErrorIds.SwapAreaNotFound, ErrorOf(Remove("zram0")));
        _tree.Write("sys/devices/virtual/block/zram0/disksize", "67108864\n");
        _tree.Write("dev/zram0", new string('x', 8192));

        Assert.Equal(ErrorIds.SwapAreaInvalid, ErrorOf(Remove("zram0")));
        Assert.Single(ZramDevice.Names(_tree.Machine));
    }

    [Fact]
    public void More_than_twice_the_memory_and_zswap_before_it_are_cautions()
    {
        using RecordingShell large = New(new NewZramSwapCommand { Size = "ram*3" });
        _tree.Write("sys/module/zswap/parameters/enabled", "Y\n");
        using RecordingShell twice = New(new NewZramSwapCommand { Size = "64MB" });

        Assert.Contains("twice the memory", Assert.Single(large.Warnings), StringComparison.Ordinal);
        Assert.Contains("compressed twice", Assert.Single(twice.Warnings), StringComparison.Ordinal);
    }

    private static string ErrorOf(RecordingShell shell)
    {
        using (shell)
        {
            return Assert.Single(shell.Errors).Id;
        }
    }

    private RecordingShell New(NewZramSwapCommand command) => Run(command);

    private RecordingShell Remove(string name) => Run(new RemoveZramSwapCommand { Name = [name] });

    private void Undo()
    {
        using RecordingShell shell = Run(new UndoMemoryChangeCommand { Last = 1 });
        Assert.Empty(shell.Errors);
    }

    private RecordingShell Run(MemoryCmdlet command)
    {
        RecordingShell shell = new();
        command.WorkOn(Machine.At(_tree.Root, _calls));
        CmdletRun.Run(command, shell);
        command.Dispose();
        return shell;
    }
}
