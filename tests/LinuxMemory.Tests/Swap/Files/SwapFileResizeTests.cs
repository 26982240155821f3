using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public sealed class SwapFileResizeTests : IDisposable
{
    private const string InUse = SwapTree.Header + "/mnt/a.swap\tfile\t\t1020\t\t0\t\t7\n";

    private readonly SwapTree _tree = new();

    public SwapFileResizeTests() => _tree.MakeArea("mnt/a.swap");

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(3L << 20)]
    [InlineData(1L << 19)]
    public void There_is_never_less_swap_than_before_and_nothing_is_left(long size)
    {
        _tree.Write("proc/swaps", InUse);
        List<long> totals = [];
        _tree.Calls.OnCall = _ => totals.Add(SwapsFile.Read(_tree.Machine).Sum(area => area.Size));

        using RecordingShell shell = Resize(size);
        _tree.Calls.Close();

        Assert.Empty(shell.Errors);
        SwapArea area = Assert.IsType<SwapArea>(Assert.Single(shell.Output));
        Assert.Equal((size - 4096, 7, true), (area.Size!.Value, area.Priority!.Value, area.IsActive));
        Assert.Equal("5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11", area.Uuid);
        Assert.Equal(size, new FileInfo(Path.Join(_tree.Root, "mnt/a.swap")).Length);
        Assert.All(totals, total => Assert.True(total >= 1020 << 10, $"{total}"));
        Assert.Equal(["a.swap"], Directory.GetFiles(Path.Join(_tree.Root, "mnt")).Select(Path.GetFileName));
        Assert.Single(SwapsFile.Read(_tree.Machine));
    }

    [Fact]
    public void A_file_that_is_not_in_use_is_resized_without_a_second_one()
    {
        using RecordingShell shell = Resize(2 << 20);

        Assert.Empty(shell.Errors);
        Assert.Equal(["fallocate"], _tree.Calls.Made.Select(call => call.Split(' ')[0]));
    }

    [Theory]
    [InlineData("create", 1)]
    [InlineData("fallocate", 1)]
    [InlineData("fallocate", 2)]
    [InlineData("link", 1)]
    [InlineData("swapon", 1)]
    [InlineData("swapon", 2)]
    [InlineData("swapoff", 1)]
    public void When_a_step_fails_all_is_as_before(string step, int time)
    {
        _tree.Write("proc/swaps", InUse);
        string before = _tree.Describe();
        int seen = 0;
        _tree.Calls.OnCall = call =>
        {
            if (call == step && ++seen == time)
            {
                _tree.Calls.Failing = step;
            }
        };

        using RecordingShell shell = Resize(3 << 20);
        _tree.Calls.Close();

        Assert.Single(shell.Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Theory]
    [InlineData("create", 1)]
    [InlineData("swapon", 1)]
    [InlineData("swapoff", 1)]
    [InlineData("fallocate", 2)]
    public void Ctrl_C_leaves_all_as_before(string step, int time)
    {
        _tree.Write("proc/swaps", InUse);
        string before = _tree.Describe();
        int seen = 0;
        using RecordingShell shell = new();
        _tree.Calls.OnCall = call =>
        {
            if (call == step && ++seen == time)
            {
                shell.Cancel();
            }
        };

        Resize(3 << 20, shell);
        _tree.Calls.Close();

        Assert.Empty(shell.Output);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void When_the_second_area_cannot_go_the_error_says_how_to_remove_it()
    {
        _tree.Write("proc/swaps", InUse);
        int seen = 0;
        _tree.Calls.OnCall = call =>
        {
            if (call == "swapoff" && ++seen == 2)
            {
                _tree.Calls.Failing = "swapoff";
            }
        };

        using RecordingShell shell = Resize(3 << 20);

        Assert.Equal(ErrorIds.SwapFileUnfinished, Assert.Single(shell.Errors).Id);
        Assert.Contains("Remove-SwapFile /mnt/.a.swap.linuxmemory-resize", shell.Errors[0].Message, StringComparison.Ordinal);
        using RemoveSwapFileCommand remove = new() { Path = ["/mnt/.a.swap.linuxmemory-resize"] };
        remove.WorkOn(_tree.Machine);
        Assert.Empty(CmdletRun.Run(remove).Errors);
        Assert.Equal(["a.swap"], Directory.GetFiles(Path.Join(_tree.Root, "mnt")).Select(Path.GetFileName));
    }

    [Fact]
    public void What_a_killed_resize_left_is_recognised()
    {
        _tree.MakeArea("mnt/.a.swap.linuxmemory-resize");
        _tree.Write("proc/swaps", InUse + "/mnt/.a.swap.linuxmemory-resize file 1020 0 7\n");

        using RecordingShell shell = Resize(3 << 20);

        Assert.Equal(ErrorIds.SwapFileUnfinished, Assert.Single(shell.Errors).Id);
        Assert.Contains(SwapAreas.Read(_tree.Machine, _ => { })[1].Warnings, warning => warning.Contains("Remove-SwapFile", StringComparison.Ordinal));
    }

    [Fact]
    public void Undoing_a_resize_gives_the_old_size_back()
    {
        _tree.Write("proc/swaps", InUse);
        string before = _tree.Describe();
        Resize(3 << 20).Dispose();

        using UndoMemoryChangeCommand undo = new() { Last = 1 };
        undo.WorkOn(_tree.Machine);
        using RecordingShell shell = CmdletRun.Run(undo);
        _tree.Calls.Close();

        Assert.Empty(shell.Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void The_size_that_it_has_is_silent_success()
    {
        using RecordingShell shell = Resize(1 << 20);

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Questions);
    }

    private RecordingShell Resize(long size, RecordingShell? shell = null)
    {
        using ResizeSwapFileCommand command = new() { Path = ["/mnt/a.swap"], Size = size };
        command.WorkOn(_tree.Machine);
        return CmdletRun.Run(command, shell);
    }
}
