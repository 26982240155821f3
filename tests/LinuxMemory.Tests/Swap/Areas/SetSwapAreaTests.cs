using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public sealed class SetSwapAreaTests : IDisposable
{
    private const string Uuid = "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11";
    private const string Other = "0f1e513d-75cf-4e40-95bf-c528db06439b";

    private readonly SwapTree _tree = new();

    public SetSwapAreaTests() => _tree.MakeArea("mnt/a.swap");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Label_uuid_and_priority_of_an_area_in_use_are_changed_and_taken_back()
    {
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap\tfile\t\t1020\t\t0\t\t7\n");
        string before = _tree.Describe();

        using RecordingShell shell = Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Label = "fast", Uuid = Other, Priority = 9, Switches = { "PassThru" } });

        Assert.Empty(shell.Errors);
        MemoryChange change = Assert.IsType<MemoryChange>(Assert.Single(shell.Output));
        Assert.Equal(($"UUID={Uuid}, no label, in use with priority 7", $"UUID={Other}, label 'fast', in use with priority 9"), (change.OldValue, change.NewValue));
        SwapArea area = SwapAreas.At(_tree.Machine, "/mnt/a.swap");
        Assert.Equal((Other, "fast", 9), (area.Uuid, area.Label, area.Priority));
        Assert.Empty(Run(new UndoMemoryChangeCommand { Last = 1 }).Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void A_line_of_fstab_that_names_it_by_its_uuid_goes_along()
    {
        _tree.Write("etc/fstab", $"# mine\nUUID={Uuid} none swap sw,pri=3,nofail 0 0\n");
        string before = _tree.Describe();

        Assert.Empty(Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Uuid = Other, Priority = 9, Switches = { "Persist" } }).Errors);
        Assert.Equal($"# mine\nUUID={Other} none swap sw,nofail,pri=9 0 0\n", _tree.Read("etc/fstab"));

        Assert.Empty(Run(new UndoMemoryChangeCommand { Last = 1 }).Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_line_of_fstab_that_alone_says_otherwise_is_changed_and_taken_back(bool isInUse)
    {
        _tree.Write("proc/swaps", SwapTree.Header + (isInUse ? "/mnt/a.swap\tfile\t\t1020\t\t0\t\t9\n" : ""));
        _tree.Write("etc/fstab", "/mnt/a.swap none swap sw,pri=3,nofail 0 0\n");
        string before = _tree.Describe();

        using RecordingShell shell = Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9, Switches = { "Persist" } });

        Assert.Empty(shell.Errors);
        Assert.Contains("pri=9", Assert.Single(shell.Questions), StringComparison.Ordinal);
        Assert.Equal("/mnt/a.swap none swap sw,nofail,pri=9 0 0\n", _tree.Read("etc/fstab"));
        using RecordingShell again = Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9, Switches = { "Persist" } });
        Assert.Empty(again.Questions);
        Assert.Empty(Run(new UndoMemoryChangeCommand { Last = 1 }).Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Theory]
    [InlineData("swapoff")]
    [InlineData("swapon")]
    public void When_a_step_fails_all_is_as_before(string step)
    {
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap\tfile\t\t1020\t\t0\t\t7\n");
        string before = _tree.Describe();
        _tree.Calls.Failing = step;

        using RecordingShell shell = Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Label = "fast" });

        Assert.Single(shell.Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void A_priority_for_an_area_that_is_not_in_use_is_an_error() =>
        Assert.Equal(ErrorIds.SwapAreaNotFound, Assert.Single(Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9 }).Errors).Id);

    [Fact]
    public void What_it_is_already_is_silent_success()
    {
        using RecordingShell shell = Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Uuid = Uuid });

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Questions);
    }

    [Fact]
    public void Discards_that_it_was_enabled_with_stay_also_when_all_is_taken_back()
    {
        const int discards = 0x10000, once = 0x20000, prefer = 0x8000;
        Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"], Discard = SwapDiscard.Once }).Dispose();

        using RecordingShell shell = Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9 });
        Run(new UndoMemoryChangeCommand { Last = 1 }).Dispose();
        Run(new DisableSwapAreaCommand { Path = ["/mnt/a.swap"] }).Dispose();
        Run(new UndoMemoryChangeCommand { Last = 1 }).Dispose();

        Assert.Empty(shell.Errors);
        Assert.Contains("discards as before (Once)", Assert.Single(shell.Questions), StringComparison.Ordinal);
        Assert.Equal([discards | once, discards | once | prefer | 9, discards | once, discards | once], _tree.Calls.SwapFlags);
    }

    [Fact]
    public void An_area_that_the_boot_enabled_keeps_the_discards_of_its_line_of_fstab()
    {
        const int discards = 0x10000, pages = 0x40000, prefer = 0x8000;
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap\tfile\t\t1020\t\t0\t\t7\n");
        _tree.Write("etc/fstab", "/mnt/a.swap none swap discard=pages,pri=7 0 0\n");

        Assert.Empty(Run(new SetSwapAreaCommand { Path = ["/mnt/a.swap"], Label = "fast" }).Errors);

        Assert.Equal([discards | pages | prefer | 7], _tree.Calls.SwapFlags);
    }

    private RecordingShell Run(MemoryCmdlet command)
    {
        using (command)
        {
            command.WorkOn(_tree.Machine);
            return CmdletRun.Run(command);
        }
    }
}
