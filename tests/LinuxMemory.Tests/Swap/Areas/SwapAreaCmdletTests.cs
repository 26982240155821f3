using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public sealed class SwapAreaCmdletTests : IDisposable
{
    private readonly SwapTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void An_area_is_enabled_with_a_priority_and_disabled_again()
    {
        _tree.MakeArea("mnt/a.swap");

        using RecordingShell on = Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9, Switches = { "PassThru" } });
        Assert.Equal((null, "in use with priority 9"), (Change(on).OldValue, Change(on).NewValue));
        Assert.Contains("/mnt/a.swap", _tree.Swaps, StringComparison.Ordinal);

        using RecordingShell off = Run(new DisableSwapAreaCommand { Path = ["/mnt/a.swap"], Switches = { "PassThru" } });
        Assert.Equal(("in use with priority 9", null), (Change(off).OldValue, Change(off).NewValue));
        Assert.Equal(SwapTree.Header, _tree.Swaps);
    }

    [Fact]
    public void Stopped_in_the_moment_in_which_the_kernel_is_through_it_is_disabled()
    {
        _tree.MakeArea("mnt/a.swap");
        Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9 }).Dispose();
        using RecordingShell shell = new();
        _tree.Calls.OnCall = call =>
        {
            if (call == "swapoff")
            {
                _tree.Write("proc/swaps", SwapTree.Header);
                shell.Cancel();
            }
        };

        Run(new DisableSwapAreaCommand { Path = ["/mnt/a.swap"], Switches = { "PassThru" } }, shell);

        Assert.Empty(shell.Errors);
        Assert.Null(Change(shell).NewValue);
    }

    [Fact]
    public void Enabling_what_is_enabled_is_silent_and_with_another_priority_an_error()
    {
        _tree.MakeArea("mnt/a.swap");
        Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 9 }).Dispose();

        using RecordingShell same = Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"] });
        using RecordingShell other = Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"], Priority = 8 });

        Assert.Empty(same.Errors);
        Assert.Empty(same.Questions);
        Assert.Equal(ErrorIds.SwapAreaInUse, Assert.Single(other.Errors).Id);
    }

    [Fact]
    public void What_does_not_fit_into_memory_is_refused_and_only_force_tries_it()
    {
        _tree.MakeArea("mnt/a.swap");
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap file 1000000 460000 -2\n");

        using RecordingShell refused = Run(new DisableSwapAreaCommand { Path = ["/mnt/a.swap"] });
        Assert.Equal(ErrorIds.SwapDoesNotFit, Assert.Single(refused.Errors).Id);
        Assert.Empty(refused.Questions);
        Assert.Empty(_tree.Calls.Made);

        using RecordingShell forced = Run(new DisableSwapAreaCommand { Path = ["/mnt/a.swap"], Switches = { "Force" } });
        Assert.Empty(forced.Errors);
        Assert.Single(forced.Questions);
        Assert.Equal(SwapTree.Header, _tree.Swaps);
    }

    [Fact]
    public void An_area_for_other_pages_is_refused_with_the_reason()
    {
        _tree.MakeArea("mnt/a.swap", pageSize: 65536);

        using RecordingShell shell = Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"] });

        Assert.Contains("65536", Assert.Single(shell.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.SwapAreaInvalid, shell.Errors[0].Id);
    }

    [Fact]
    public void Disabling_what_is_no_area_is_an_error()
    {
        using RecordingShell shell = Run(new DisableSwapAreaCommand { Path = ["/mnt/none"] });

        Assert.Equal(ErrorIds.SwapAreaNotFound, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void A_swap_file_in_use_by_another_name_is_not_removed_and_the_name_is_told()
    {
        _tree.MakeArea("mnt/a.swap");
        Assert.Equal(0, Live.Run("ln", Path.Join(_tree.Root, "mnt/a.swap"), Path.Join(_tree.Root, "mnt/b.swap")).Code);
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/b.swap\tfile\t\t1020\t\t0\t\t-2\n");

        using RecordingShell shell = Run(new RemoveSwapFileCommand { Path = ["/mnt/a.swap"] });

        Assert.Equal((ErrorIds.SwapAreaInUse, true), (Assert.Single(shell.Errors).Id, shell.Errors[0].Message.Contains("Disable-SwapArea '/mnt/b.swap'", StringComparison.Ordinal)));
        Assert.Empty(shell.Questions);
        Assert.True(_tree.Has("mnt/a.swap"));
    }

    [Fact]
    public void Removing_takes_every_line_of_fstab_that_means_the_file()
    {
        _tree.MakeArea("mnt/a.swap");
        File.CreateSymbolicLink(Path.Join(_tree.Root, "mnt/link"), "a.swap");
        _tree.Write("etc/fstab", "# one\n/mnt/a.swap none swap sw 0 0\n/dev/sda1 / ext4 defaults 0 1\n/mnt/link none swap sw 0 0\n");
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap file 1020 4 7\n");

        using RecordingShell shell = Run(new RemoveSwapFileCommand { Path = ["/mnt/a.swap"] });

        Assert.Empty(shell.Errors);
        Assert.Equal("# one\n/dev/sda1 / ext4 defaults 0 1\n", _tree.Read("etc/fstab"));
        Assert.Equal(SwapTree.Header, _tree.Swaps);
        Assert.False(_tree.Has("mnt/a.swap"));
    }

    [Fact]
    public void Undoing_a_removal_makes_the_file_again_with_its_uuid_priority_and_line()
    {
        _tree.MakeArea("mnt/a.swap");
        _tree.Write("etc/fstab", "/mnt/a.swap none swap sw,pri=7 0 0\n");
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap file 1020 0 7\n");
        Run(new RemoveSwapFileCommand { Path = ["/mnt/a.swap"] }).Dispose();

        using RecordingShell shell = Run(new UndoMemoryChangeCommand { Last = 1 });

        Assert.Empty(shell.Errors);
        SwapArea area = SwapAreas.At(_tree.Machine, "/mnt/a.swap");
        Assert.Equal((true, 7, "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11"), (area.IsActive, area.Priority, area.Uuid));
        Assert.Equal("/mnt/a.swap none swap sw,pri=7 0 0\n", _tree.Read("etc/fstab"));
    }

    [Theory]
    [InlineData("swapoff")]
    public void When_a_step_of_a_removal_fails_all_is_as_before(string step)
    {
        _tree.MakeArea("mnt/a.swap");
        _tree.Write("etc/fstab", "/mnt/a.swap none swap sw 0 0\n");
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap file 1020 0 7\n");
        string before = _tree.Describe();
        _tree.Calls.Failing = step;

        using RecordingShell shell = Run(new RemoveSwapFileCommand { Path = ["/mnt/a.swap"] });

        Assert.Single(shell.Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("")]
    public void What_is_no_swap_file_is_never_removed(string text)
    {
        _tree.Write("mnt/mine", text);

        using RecordingShell shell = Run(new RemoveSwapFileCommand { Path = ["/mnt/mine"], Switches = { "Force" } });

        Assert.Equal(ErrorIds.SwapAreaInvalid, Assert.Single(shell.Errors).Id);
        Assert.True(_tree.Has("mnt/mine"));
    }

    [Fact]
    public void A_link_to_a_swap_file_is_not_removed()
    {
        _tree.MakeArea("mnt/a.swap");
        File.CreateSymbolicLink(Path.Join(_tree.Root, "mnt/link"), "a.swap");

        using RecordingShell shell = Run(new RemoveSwapFileCommand { Path = ["/mnt/link"] });

        Assert.Single(shell.Errors);
        Assert.True(_tree.Has("mnt/a.swap") && _tree.Has("mnt/link"));
    }

    [Fact]
    public void Areas_that_fstab_names_and_that_are_not_in_use_are_listed_with_what_is_wrong()
    {
        string open = _tree.MakeArea("mnt/open.swap");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _tree.Write("mnt/text", "text");
        _tree.Write("etc/fstab", "/mnt/open.swap none swap sw 0 0\n/mnt/text none swap nofail 0 0\n/mnt/gone none swap nofail 0 0\n/mnt/gone none swap nofail,pri=3 0 0\n");

        SwapArea[] areas = [.. Run(new GetSwapAreaCommand()).Output.Cast<SwapArea>()];

        Assert.Equal(["/mnt/open.swap", "/mnt/text", "/mnt/gone"], areas.Select(area => area.Path));
        Assert.All(areas, area => Assert.False(area.IsActive));
        Assert.Contains(areas[0].Warnings, warning => warning.Contains("chmod 0600", StringComparison.Ordinal));
        Assert.Contains("chmod 0600", areas[0].Warnings.ToString(), StringComparison.Ordinal);
        Assert.Contains(areas[0].Warnings, warning => warning.Contains("nofail", StringComparison.Ordinal));
        Assert.Contains(areas[1].Warnings, warning => warning.Contains("no swap area", StringComparison.Ordinal));
        Assert.Contains(areas[2].Warnings, warning => warning.Contains("not there", StringComparison.Ordinal));
        Assert.Contains(areas[2].Warnings, warning => warning.Contains("2 times", StringComparison.Ordinal));
    }

    [Fact]
    public void An_area_that_is_not_enabled_at_boot_may_be_absent()
    {
        _tree.Write("etc/fstab", "/mnt/gone none swap noauto 0 0\n");

        Assert.Empty(Assert.Single(Run(new GetSwapAreaCommand()).Output.Cast<SwapArea>()).Warnings);
    }

    [Fact]
    public void Another_priority_at_boot_is_noticed()
    {
        _tree.MakeArea("mnt/a.swap");
        _tree.Write("etc/fstab", "/mnt/a.swap none swap nofail,pri=3 0 0\n");
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap file 1020 4 7\n");

        SwapArea area = Assert.Single(Run(new GetSwapAreaCommand()).Output.Cast<SwapArea>());

        Assert.Contains("priority 3 at boot, and now it has 7", Assert.Single(area.Warnings, warning => warning.Contains("priority", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mnt/./a.swap")]
    [InlineData("/mnt//a.swap")]
    [InlineData("/other/a.swap")]
    [InlineData("/mnt/link")]
    public void Fstab_means_the_same_area_however_it_spells_the_path(string spelling)
    {
        _tree.MakeArea("mnt/a.swap");
        File.CreateSymbolicLink(Path.Join(_tree.Root, "other"), "mnt");
        File.CreateSymbolicLink(Path.Join(_tree.Root, "mnt/link"), "a.swap");
        _tree.Write("etc/fstab", $"{spelling} none swap nofail 0 0\n");
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a.swap file 1020 4 7\n");

        SwapArea area = Assert.Single(Run(new GetSwapAreaCommand()).Output.Cast<SwapArea>());
        Assert.True(area is { Path: "/mnt/a.swap", IsActive: true, PersistedBy: not null });
        Run(new RemoveSwapFileCommand { Path = ["/mnt/a.swap"] }).Dispose();
        Assert.Equal("", _tree.Read("etc/fstab"));
    }

    [Fact]
    public void A_name_with_brackets_is_found_as_it_is_written()
    {
        _tree.Write("proc/swaps", SwapTree.Header + "/mnt/a[1] file 1020 4 7\n/mnt/a1 file 1020 4 6\n");

        Assert.Equal("/mnt/a[1]", Assert.Single(Run(new GetSwapAreaCommand { Path = ["/mnt/a[1]"] }).Output.Cast<SwapArea>()).Path);
    }

    [Fact]
    public void A_file_with_a_hole_is_refused_before_it_is_tried()
    {
        _tree.MakeArea("mnt/a.swap");
        _tree.Calls.Part = (0, 4096);

        using RecordingShell shell = Run(new EnableSwapAreaCommand { Path = ["/mnt/a.swap"], Switches = { "WhatIf" } });

        Assert.Contains("a hole at byte 4096", Assert.Single(shell.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.SwapAreaInvalid, shell.Errors[0].Id);
    }

    [Fact]
    public void What_is_not_there_or_a_link_or_a_directory_is_said_in_words()
    {
        Directory.CreateDirectory(Path.Join(_tree.Root, "mnt"));
        File.CreateSymbolicLink(Path.Join(_tree.Root, "mnt/link"), "nowhere");

        using RecordingShell removal = Run(new RemoveSwapFileCommand { Path = ["/mnt/none", "/mnt/link", "/none/a"] });
        using RecordingShell enabling = Run(new EnableSwapAreaCommand { Path = ["/mnt/none", "/mnt"] });

        Assert.Equal(
            ["There is no file or device /mnt/none.", "/mnt/link is a link, and links are not followed here: give the path of the file itself.", "There is no file or device /none/a."],
            removal.Errors.Select(error => error.Message.Replace(" Get-SwapArea shows the swap areas that are known.", "", StringComparison.Ordinal)));
        Assert.Equal([ErrorIds.SwapAreaNotFound, ErrorIds.SwapAreaInvalid], enabling.Errors.Select(error => error.Id));
    }

    [Fact]
    public void Zram_beside_zswap_and_below_a_disk_is_noticed()
    {
        SwapArea[] areas = [.. SwapAreas.Read(Kernel.Machine.At(Fixture.PathOf("6.12.117+deb12-amd64-swap")), _ => { })];

        Assert.Equal([SwapAreaKind.Partition, SwapAreaKind.File, SwapAreaKind.Zram], areas.Select(area => area.Kind));
        Assert.Contains(areas[2].Warnings, warning => warning.Contains("zswap", StringComparison.Ordinal));
        Assert.Equal("ext4", areas[1].FileSystem);
    }

    private static MemoryChange Change(RecordingShell shell) => Assert.IsType<MemoryChange>(Assert.Single(shell.Output));

    private RecordingShell Run(MemoryCmdlet command, RecordingShell? shell = null)
    {
        using (command)
        {
            command.WorkOn(_tree.Machine);
            return CmdletRun.Run(command, shell);
        }
    }
}
