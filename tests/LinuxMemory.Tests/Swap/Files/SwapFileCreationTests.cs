using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class SwapFileCreationTests : IDisposable
{
    private readonly SwapTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_file_is_made_enabled_read_back_and_named_in_fstab()
    {
        _tree.Write("etc/fstab", "# mine\n/dev/sda1 / ext4 defaults 0 1");

        using RecordingShell shell = Create(command => { command.Priority = 5; command.Label = "fast"; }, "Persist");

        Assert.Empty(shell.Errors);
        SwapArea area = Assert.IsType<SwapArea>(Assert.Single(shell.Output));
        Assert.Equal(("/mnt/new.swap", SwapAreaKind.File, true, 5, "fast"), (area.Path, area.Kind, area.IsActive, area.Priority, area.Label));
        Assert.Equal(["create", "fallocate", "link", "swapon"], _tree.Calls.Made.Select(call => call.Split(' ')[0]));
        Assert.Equal("# mine\n/dev/sda1 / ext4 defaults 0 1\n/mnt/new.swap none swap defaults,nofail,pri=5 0 0", _tree.Read("etc/fstab"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Join(_tree.Root, "mnt/new.swap")));
        Assert.EndsWith("fstab:3", area.PersistedBy, StringComparison.Ordinal);
        Assert.Empty(area.Warnings);
    }

    [Fact]
    public void A_name_that_no_file_can_have_here_is_refused_with_the_reason()
    {
        using RecordingShell nul = Create(command => command.Path = "/mnt/a\0b");
        using RecordingShell @long = Create(command => command.Path = $"/mnt/ä{new string('n', 222)}");

        Assert.Contains("no path", Assert.Single(nul.Errors).Message, StringComparison.Ordinal);
        Assert.Contains("too long", Assert.Single(@long.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.SwapPlaceUnsuitable, @long.Errors[0].Id);
        Assert.Empty(_tree.Calls.Made);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("chattr")]
    [InlineData("fallocate")]
    [InlineData("fiemap")]
    [InlineData("link")]
    [InlineData("swapon")]
    public void When_a_step_fails_nothing_is_left(string step)
    {
        const uint btrfs = 0x9123683E;
        _tree.Write("etc/fstab", "/dev/sda1 / ext4 defaults 0 1\n");
        string before = _tree.Describe();
        _tree.Calls.FileSystem = btrfs;
        _tree.Calls.Failing = step;

        using RecordingShell shell = Create(_ => { }, "Persist");
        _tree.Calls.Close();

        Assert.Single(shell.Errors);
        Assert.Empty(shell.Output);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void Who_may_not_enable_swap_is_told_what_would_do_and_nothing_is_left()
    {
        string before = _tree.Describe();
        _tree.Calls.Failing = "swapon";
        _tree.Calls.Failure = Errno.EPERM;
        _tree.Calls.UserId = 1000;

        using RecordingShell shell = Create(_ => { });
        _tree.Calls.Close();

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.PermissionDenied, error.Id);
        Assert.Contains("CAP_SYS_ADMIN", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void When_fstab_cannot_be_changed_nothing_is_left()
    {
        _tree.Write("mnt/elsewhere", "");
        File.CreateSymbolicLink(Path.Join(_tree.Root, "etc/fstab"), "/mnt/elsewhere");
        string before = _tree.Describe();

        using RecordingShell shell = Create(_ => { }, "Persist");
        _tree.Calls.Close();

        Assert.Equal(ErrorIds.ConfigFileLeftAlone, Assert.Single(shell.Errors).Id);
        Assert.Equal(before, _tree.Describe());
    }

    [Theory]
    [InlineData("create")]
    [InlineData("fallocate")]
    [InlineData("link")]
    [InlineData("swapon")]
    public void Ctrl_C_at_any_step_leaves_nothing(string step)
    {
        string before = _tree.Describe();
        using RecordingShell shell = new();
        _tree.Calls.OnCall = call =>
        {
            if (call == step)
            {
                shell.Cancel();
            }
        };

        Create(_ => { }, shell, "Persist");
        _tree.Calls.Close();

        Assert.Empty(shell.Output);
        Assert.Equal(before, _tree.Describe());
        Assert.Equal(ChangeState.Failed, LastState());
    }

    [Fact]
    public void WhatIf_names_each_step_and_does_nothing()
    {
        string before = _tree.Describe();
        using RecordingShell shell = new() { Agrees = false };

        Create(_ => { }, shell, "Persist");

        Assert.Equal(before, _tree.Describe());
        Assert.Empty(_tree.Calls.Made);
        string question = Assert.Single(shell.Questions);
        Assert.All((string[])["without a name", "allocate 1 MiB", "header", "fsync", "no part of it is a hole", "name it /mnt/new.swap", "take it into use", "proc/swaps", "etc/fstab"],
            step => Assert.Contains(step, question, StringComparison.Ordinal));
    }

    [Fact]
    public void Undoing_it_takes_it_out_of_use_out_of_fstab_and_off_the_disk()
    {
        _tree.Write("etc/fstab", "/dev/sda1 / ext4 defaults 0 1");
        string before = _tree.Describe();
        Create(_ => { }, "Persist").Dispose();

        using UndoMemoryChangeCommand undo = new() { Last = 1 };
        undo.WorkOn(_tree.Machine);
        using RecordingShell shell = CmdletRun.Run(undo);
        _tree.Calls.Close();

        Assert.Empty(shell.Errors);
        Assert.Equal(before, _tree.Describe());
    }

    [Theory]
    [InlineData("text", "no swap area")]
    [InlineData("area", "Enable-SwapArea")]
    [InlineData("link", "ever overwritten")]
    [InlineData("active", "Resize-SwapFile")]
    public void Nothing_that_is_there_is_touched(string what, string says)
    {
        string path = Path.Join(_tree.Root, "mnt/new.swap");
        switch (what)
        {
            case "text":
                File.WriteAllText(path, "text");
                break;
            case "link":
                File.CreateSymbolicLink(path, "nowhere");
                break;
            default:
                _tree.MakeArea("mnt/new.swap");
                break;
        }
        if (what == "active")
        {
            _tree.Write("proc/swaps", SwapTree.Header + "/mnt/new.swap file 1020 0 -2\n");
        }
        string before = _tree.Describe();

        using RecordingShell shell = Create(_ => { });

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.SwapFileExists, error.Id);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, _tree.Describe());
    }

    [Fact]
    public void Of_two_at_once_one_gets_the_name_and_the_other_leaves_nothing()
    {
        _tree.Calls.OnCall = call =>
        {
            if (call == "link")
            {
                _tree.MakeArea("mnt/new.swap");
            }
        };

        using RecordingShell shell = Create(_ => { });
        _tree.Calls.Close();

        Assert.Equal(ErrorIds.SwapFileExists, Assert.Single(shell.Errors).Id);
        Assert.Equal(["new.swap"], Directory.GetFiles(Path.Join(_tree.Root, "mnt")).Select(Path.GetFileName));
        Assert.Equal(SwapTree.Header, _tree.Swaps);
    }

    [Theory]
    [InlineData(0x01021994u, "tmpfs")]
    [InlineData(0x794C7630u, "overlay")]
    [InlineData(0x6969u, "nfs")]
    [InlineData(0x2FC12FC1u, "zfs")]
    [InlineData(0xFF534D42u, "cifs")]
    [InlineData(0xFE534D42u, "smb2")]
    [InlineData(0xC36400u, "ceph")]
    [InlineData(0x1021997u, "9p")]
    [InlineData(0x65735546u, "fuse")]
    [InlineData(0xCA451A4Eu, "bcachefs")]
    [InlineData(0x4D44u, "vfat")]
    [InlineData(0x2011BAB0u, "exfat")]
    [InlineData(0x73717368u, "squashfs")]
    [InlineData(0xE0F5E1E2u, "erofs")]
    [InlineData(0x9660u, "iso9660")]
    public void A_file_system_that_cannot_hold_swap_is_refused_with_reason_and_alternative(uint magic, string name)
    {
        _tree.Calls.FileSystem = magic;

        using RecordingShell shell = Create(_ => { });

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.SwapPlaceUnsuitable, error.Id);
        Assert.Contains($"is {name}, which cannot hold a swap file", error.Message, StringComparison.Ordinal);
        Assert.Contains("Use ", error.Message, StringComparison.Ordinal);
        Assert.Empty(_tree.Calls.Made);
    }

    [Fact]
    public void Zeroes_are_written_where_the_file_system_cannot_allocate()
    {
        _tree.Calls.Failing = "fallocate";
        _tree.Calls.Failure = Errno.EOPNOTSUPP;

        using RecordingShell shell = Create(command => command.Size = 9 << 20);

        Assert.Empty(shell.Errors);
        Assert.Equal(9 << 20, new FileInfo(Path.Join(_tree.Root, "mnt/new.swap")).Length);
        Assert.Contains(shell.ProgressLines, line => line.StartsWith("Writing zeroes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0L, 1L << 19, "hole")]
    [InlineData(1L << 19, 1L << 19, "hole")]
    public void A_file_with_a_hole_is_not_taken_into_use(long start, long length, string says)
    {
        _tree.Calls.Part = (start, length);

        using RecordingShell shell = Create(_ => { });
        _tree.Calls.Close();

        Assert.Contains(says, Assert.Single(shell.Errors).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Join(_tree.Root, "mnt")));
    }

    [Fact]
    public void What_is_kept_free_is_taken_only_with_force()
    {
        _tree.Calls.Available = 1L << 30;

        using RecordingShell refused = Create(_ => { });
        using RecordingShell forced = Create(_ => { }, "Force");

        Assert.Equal(ErrorIds.SwapSpaceShort, Assert.Single(refused.Errors).Id);
        Assert.Empty(forced.Errors);
    }

    [Fact]
    public void A_tree_without_a_kernel_is_refused()
    {
        using NewSwapFileCommand command = new() { Path = "/mnt/x", Size = 1 << 20 };
        command.WorkOn(Machine.At(_tree.Root));

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.LiveMachineNeeded, Assert.Single(shell.Errors).Id);
    }

    // The journal's reader leaves out what failed.
    private ChangeState LastState() =>
        File.ReadLines(Path.Join(_tree.Root, "var/lib/linuxmemory/journal.jsonl")).Last().Contains("\"State\":\"Failed\"", StringComparison.Ordinal)
            ? ChangeState.Failed : ChangeState.Applied;

    private RecordingShell Create(Action<NewSwapFileCommand> with, params string[] switches) => Create(with, new RecordingShell(), switches);

    private RecordingShell Create(Action<NewSwapFileCommand> with, RecordingShell shell, params string[] switches)
    {
        using NewSwapFileCommand command = new() { Path = "/mnt/new.swap", Size = 1 << 20 };
        with(command);
        command.Switches.UnionWith(switches);
        command.WorkOn(_tree.Machine);
        return CmdletRun.Run(command, shell);
    }
}
