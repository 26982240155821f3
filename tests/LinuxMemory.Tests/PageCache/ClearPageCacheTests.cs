using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class ClearPageCacheTests : IDisposable
{
    private readonly TemporaryTree _tree = new();
    private readonly RecordingCalls _calls = new();

    public ClearPageCacheTests()
    {
        _tree.Write("proc/sys/vm/drop_caches", "0\n");
        File.Copy(Path.Join(Fixture.PathOf("6.12.117+deb12-amd64-uma"), "proc/meminfo"), _tree.PathOf("proc/meminfo"));
    }

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(PageCacheMode.PageCache, "1\n")]
    [InlineData(PageCacheMode.Slab, "2\n")]
    [InlineData(PageCacheMode.All, "3\n")]
    public void Syncs_first_and_writes_the_number_of_the_mode(PageCacheMode mode, string number)
    {
        using RecordingShell shell = Run(new ClearPageCacheCommand { Mode = mode });

        Assert.Equal(["sync"], _calls.Made);
        Assert.Equal(number, _tree.Read("proc/sys/vm/drop_caches"));
        PageCacheClearing clearing = Assert.IsType<PageCacheClearing>(Assert.Single(shell.Output));
        Assert.Equal((0L, mode), (clearing.Freed, clearing.Mode));
    }

    [Fact]
    public void NoSync_leaves_dirty_pages_where_they_are()
    {
        using RecordingShell shell = Run(new ClearPageCacheCommand { Switches = { "NoSync" } });

        Assert.Empty(_calls.Made);
        Assert.Equal("1\n", _tree.Read("proc/sys/vm/drop_caches"));
    }

    [Fact]
    public void The_number_that_silences_the_log_is_never_written() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DropCachesChange.Plan(_tree.Machine, PageCacheMode.File, true, _ => { }));

    [Fact]
    public void WhatIf_asks_and_makes_no_call()
    {
        using RecordingShell shell = new() { Agrees = false };
        _tree.Write("file", "x");
        Run(new ClearPageCacheCommand { Mode = PageCacheMode.All }, shell);
        Run(new ClearPageCacheCommand { Path = ["/file"] }, shell);

        Assert.Equal(2, shell.Questions.Count);
        Assert.Empty(_calls.Made);
        Assert.Equal("0\n", _tree.Read("proc/sys/vm/drop_caches"));
    }

    [Fact]
    public void What_has_no_pages_is_an_error_about_that_item_and_the_others_go_on()
    {
        string file = _tree.Write("file", "x");
        File.CreateSymbolicLink(_tree.PathOf("link"), "file");
        using ClearPageCacheCommand command = new() { Path = ["/link", "/proc", "/missing", "/file"] };
        using RecordingShell shell = Run(command);

        Assert.Equal(["/link", "/proc", "/missing"], shell.Errors.Select(error => error.Target));
        PageCacheClearing clearing = Assert.IsType<PageCacheClearing>(Assert.Single(shell.Output));
        Assert.Equal((file, 20480L, 0L, 20480L, 100.0), (clearing.Path, clearing.Before, clearing.After, clearing.Freed, clearing.FreedPercent));
        Assert.Equal([$"posix_fadvise {file}"], _calls.Made);
    }

    [Fact]
    public void Wildcards_mean_every_file_of_such_a_name_and_none_is_an_error()
    {
        string[] files = [_tree.Write("logs/a.log", "x"), _tree.Write("logs/b[1].log", "x")];
        _tree.Write("logs/c.txt", "x");
        using ClearPageCacheCommand command = new() { Path = [_tree.PathOf("logs/*.log"), _tree.PathOf("logs/b[1].log"), _tree.PathOf("logs/*.old")] };
        using RecordingShell shell = new() { Agrees = false };
        command.WorkOn(Machine.At("/", _calls));

        CmdletRun.Run(command, shell);

        Assert.Equal([files[0], files[1], files[1]], shell.Questions.Select(question => question.Split(" | ")[0]));
        Assert.Equal(ErrorIds.KernelFileAbsent, Assert.Single(shell.Errors).Id);
    }

    private RecordingShell Run(ClearPageCacheCommand command, RecordingShell? shell = null)
    {
        using (command)
        {
            command.WorkOn(Machine.At(_tree.Root, _calls));
            return CmdletRun.Run(command, shell);
        }
    }
}
