using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class HugePageMountTests : IDisposable
{
    private readonly string _copy = Fixture.CopyPart(
        "6.12.117+deb12-amd64-uma", "proc/meminfo", "proc/self/mountinfo", "proc/vmstat", "proc/buddyinfo", "sys/kernel/mm/hugepages");
    private readonly RecordingCalls _calls = new();

    public HugePageMountTests()
    {
        Directory.CreateDirectory(Path.Join(_copy, "mnt/huge"));
        // The kernel shows what it made of the options.
        _calls.Mounted = (path, options) =>
        {
            string info = Path.Join(_copy, "proc/self/mountinfo");
            if (options is not null)
            {
                File.AppendAllText(info, $"99 1 0:99 / {path[_copy.Length..]} rw,nosuid,nodev - hugetlbfs hugetlbfs rw,{options}\n");
            }
            else
            {
                File.WriteAllLines(info, File.ReadAllLines(info).Where(line => !line.StartsWith("99 ", StringComparison.Ordinal)));
            }
        };
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public void Mounts_with_the_limits_and_writes_what_the_kernel_shows()
    {
        using RecordingShell shell = New(new NewHugePageMountCommand
        {
            Path = "/mnt/huge", PageSize = 2 << 20, Size = 64 << 20, MinSize = 4 << 20, Inodes = 100, UserId = 70, GroupId = 71, Mode = "1770",
        });

        Assert.Empty(shell.Errors);
        Assert.Equal($"mount hugetlbfs {_copy}/mnt/huge pagesize=2M,size=67108864,min_size=4194304,nr_inodes=100,uid=70,gid=71,mode=1770", Assert.Single(_calls.Made));
        HugePageMount mount = Assert.IsType<HugePageMount>(Assert.Single(shell.Output));
        Assert.Equal(("/mnt/huge", 2L << 20, 64L << 20, 4L << 20, 100L, 70L, 71L, "1770"),
            (mount.Path, mount.PageSize, mount.Size, mount.MinSize, mount.Inodes, mount.UserId, mount.GroupId, mount.Mode));
    }

    [Fact]
    public void A_directory_that_is_missing_is_made_and_goes_when_the_mount_is_taken_back()
    {
        using RecordingShell shell = New(new NewHugePageMountCommand { Path = "/mnt/new", Switches = { "PassThru" } });

        Assert.Empty(shell.Errors);
        Assert.True(Directory.Exists(Path.Join(_copy, "mnt/new")));
        using UndoMemoryChangeCommand undo = new() { Id = [shell.Output.OfType<MemoryChange>().Single().Id] };
        undo.WorkOn(Machine.At(_copy, _calls));
        Assert.Empty(CmdletRun.Run(undo).Errors);
        Assert.EndsWith("/mnt/new", _calls.Made[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(_copy, "mnt/new")));
    }

    [Fact]
    public void The_same_mount_again_is_silent_success_and_another_one_is_refused()
    {
        New(new NewHugePageMountCommand { Path = "/mnt/huge" }).Dispose();

        using RecordingShell same = New(new NewHugePageMountCommand { Path = "/mnt/huge/" });
        using RecordingShell other = New(new NewHugePageMountCommand { Path = "/mnt/huge", Size = 2 << 20 });

        Assert.Empty(same.Errors);
        Assert.Empty(same.Questions);
        Assert.Equal(ErrorIds.MountPointUnusable, Assert.Single(other.Errors).Id);
        Assert.Single(_calls.Made);
    }

    [Theory]
    [InlineData("/mnt/link")]
    [InlineData("/mnt/dangling")]
    [InlineData("/mnt/file")]
    [InlineData("/mnt/full")]
    [InlineData("/no/such/place")]
    public void A_link_a_file_a_full_directory_and_a_missing_parent_are_refused(string path)
    {
        MakeTraps();

        using RecordingShell shell = New(new NewHugePageMountCommand { Path = path });

        Assert.Equal((ErrorIds.MountPointUnusable, path), (Assert.Single(shell.Errors).Id, shell.Errors[0].Target));
        Assert.Empty(_calls.Made);
        Assert.Empty(shell.Questions);
    }

    [Fact]
    public void A_full_directory_is_covered_with_Force()
    {
        MakeTraps();

        Assert.Empty(New(new NewHugePageMountCommand { Path = "/mnt/full", Switches = { "Force" } }).Errors);
    }

    [Fact]
    public void Links_on_the_way_are_followed_so_that_the_mount_is_found_again()
    {
        Directory.CreateSymbolicLink(Path.Join(_copy, "run-link"), "mnt");

        using RecordingShell shell = New(new NewHugePageMountCommand { Path = "/run-link/huge" });

        Assert.Equal("/mnt/huge", Assert.IsType<HugePageMount>(Assert.Single(shell.Output)).Path);
        Assert.Empty(Remove("/run-link/huge").Errors);
    }

    [Theory]
    [InlineData(16L << 20, null, null, ErrorIds.HugePageSizeUnavailable)]
    [InlineData(null, 2L << 20, 4L << 20, ErrorIds.ParametersConflict)]
    public void Limits_that_cannot_be_are_refused(long? pageSize, long? size, long? minSize, string id) =>
        Assert.Equal(id, Assert.Single(New(new NewHugePageMountCommand { Path = "/mnt/huge", PageSize = pageSize, Size = size, MinSize = minSize }).Errors).Id);

    [Theory]
    [InlineData(Errno.ENOMEM, ErrorIds.HugePagePoolTooSmall)]
    [InlineData(Errno.EPERM, ErrorIds.PermissionDenied)]
    [InlineData(Errno.ENODEV, ErrorIds.MountPointUnusable)]
    public void What_the_kernel_refuses_is_explained_and_the_directory_goes_again(Errno errno, string id)
    {
        _calls.Mounted = (path, _) => throw new KernelException(errno, "mount", path);

        using RecordingShell shell = New(new NewHugePageMountCommand { Path = "/mnt/new", MinSize = 1 << 30 });

        Assert.Equal(id, Assert.Single(shell.Errors).Id);
        Assert.False(Directory.Exists(Path.Join(_copy, "mnt/new")));
    }

    [Fact]
    public void Persist_writes_a_line_of_fstab_and_Remove_takes_it_out()
    {
        string before = File.Exists(Path.Join(_copy, "etc/fstab")) ? File.ReadAllText(Path.Join(_copy, "etc/fstab")) : "";
        New(new NewHugePageMountCommand { Path = "/mnt/huge", Size = 64 << 20, Switches = { "Persist" } }).Dispose();

        Assert.Contains("hugetlbfs /mnt/huge hugetlbfs nosuid,nodev,nofail,pagesize=2M,size=67108864 0 0\n", File.ReadAllText(Path.Join(_copy, "etc/fstab")), StringComparison.Ordinal);

        using RecordingShell without = Remove("/mnt/huge");
        Assert.Contains("next boot", Assert.Single(without.Warnings), StringComparison.Ordinal);
        Assert.Empty(Remove("/mnt/huge", "Persist").Errors);
        Assert.Equal(before, File.Exists(Path.Join(_copy, "etc/fstab")) ? File.ReadAllText(Path.Join(_copy, "etc/fstab")) : "");
    }

    [Fact]
    public void Only_a_hugetlbfs_that_lies_on_top_is_unmounted()
    {
        Assert.Equal(ErrorIds.HugePageMountNotFound, Assert.Single(Remove("/proc").Errors).Id);
        Assert.Equal(ErrorIds.HugePageMountNotFound, Assert.Single(Remove("/mnt/huge").Errors).Id);
        New(new NewHugePageMountCommand { Path = "/mnt/huge" }).Dispose();
        File.AppendAllText(Path.Join(_copy, "proc/self/mountinfo"), "100 1 0:100 / /mnt/huge rw - tmpfs tmpfs rw\n");

        Assert.Equal(ErrorIds.HugePageMountNotFound, Assert.Single(Remove("/mnt/huge").Errors).Id);
    }

    [Fact]
    public void Files_in_it_are_warned_of_before_they_are_lost()
    {
        New(new NewHugePageMountCommand { Path = "/mnt/huge" }).Dispose();
        File.WriteAllText(Path.Join(_copy, "mnt/huge/data"), "");

        Assert.Contains("1 file", Assert.Single(Remove("/mnt/huge").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mnt/new", false, false)]
    [InlineData("/mnt/new", true, true)]
    [InlineData("/mnt/huge", false, true)]
    public void The_directory_goes_with_its_mount_only_when_it_was_made_for_it_and_is_empty(string path, bool isFull, bool stays)
    {
        New(new NewHugePageMountCommand { Path = path }).Dispose();
        if (isFull)
        {
            File.WriteAllText(_copy + path + "/data", "");
        }

        using RecordingShell removed = Remove(path, "PassThru");

        Assert.Empty(removed.Errors);
        Assert.Equal(stays, Directory.Exists(_copy + path));
        using UndoMemoryChangeCommand undo = new() { Id = [removed.Output.OfType<MemoryChange>().Single().Id] };
        undo.WorkOn(Machine.At(_copy, _calls));
        Assert.Empty(CmdletRun.Run(undo).Errors);
        Assert.StartsWith("mount ", _calls.Made[^1], StringComparison.Ordinal);
        Assert.True(Directory.Exists(_copy + path));
    }

    [Fact]
    public void A_mount_in_use_says_how_to_find_who_uses_it()
    {
        New(new NewHugePageMountCommand { Path = "/mnt/huge" }).Dispose();
        _calls.Mounted = (path, _) => throw new KernelException(Errno.EBUSY, "umount2", path);

        MemoryError error = Assert.Single(Remove("/mnt/huge").Errors);

        Assert.Equal(ErrorIds.HugePageMountBusy, error.Id);
        Assert.Contains("Get-ProcessMemoryMap", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_takes_the_line_of_fstab_alone()
    {
        using NewHugePageMountCommand command = new() { Root = _copy, Path = "/mnt/other", PageSize = 2 << 20, Switches = { "Persist" } };

        Assert.Empty(CmdletRun.Run(command).Errors);

        Assert.Contains(" /mnt/other hugetlbfs ", File.ReadAllText(Path.Join(_copy, "etc/fstab")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(_copy, "mnt/other")));
    }

    private void MakeTraps()
    {
        Directory.CreateSymbolicLink(Path.Join(_copy, "mnt/link"), "huge");
        Directory.CreateSymbolicLink(Path.Join(_copy, "mnt/dangling"), "nothing");
        File.WriteAllText(Path.Join(_copy, "mnt/file"), "");
        Directory.CreateDirectory(Path.Join(_copy, "mnt/full"));
        File.WriteAllText(Path.Join(_copy, "mnt/full/data"), "");
    }

    private RecordingShell New(NewHugePageMountCommand command) => Run(command);

    private RecordingShell Remove(string path, params string[] switches)
    {
        RemoveHugePageMountCommand command = new() { Path = [path] };
        command.Switches.UnionWith(switches);
        return Run(command);
    }

    private RecordingShell Run(MemoryCmdlet command)
    {
        using (command)
        {
            command.WorkOn(Machine.At(_copy, _calls));
            return CmdletRun.Run(command);
        }
    }
}
