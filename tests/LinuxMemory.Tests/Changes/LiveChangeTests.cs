using System.Diagnostics;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

[Trait("Category", "Live")]
public sealed class LiveChangeTests : IClassFixture<MachineState>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-live-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("proc/sys/vm/swappiness", "vm.swappiness", "43", "44")]
    [InlineData("proc/sys/vm/vfs_cache_pressure", "vm.vfs_cache_pressure", "99", "101")]
    [InlineData("proc/sys/vm/dirty_expire_centisecs", "vm.dirty_expire_centisecs", "2900", "2901")]
    [InlineData("sys/kernel/mm/transparent_hugepage/enabled", "transparent_hugepage.enabled", "madvise", "never")]
    [InlineData("sys/kernel/mm/transparent_hugepage/defrag", "transparent_hugepage.defrag", "madvise", "never")]
    public void A_setting_is_changed_read_back_and_taken_back(string path, string setting, string value, string otherwise)
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Machine.Live.Exists(path), $"this kernel has no {setting}");
        string before = Machine.Live.ReadText(path);
        string wanted = KernelValue.Of(before) == value ? otherwise : value;

        using ApplyCommand command = new() { Change = KernelFileChange.Plan(Machine.Live, path, setting, wanted), Switches = { "PassThru" } };
        using RecordingShell shell = CmdletRun.Run(command);

        MemoryChange change = Assert.IsType<MemoryChange>(Assert.Single(shell.Output));
        Assert.Equal((KernelValue.Of(before), wanted), (change.OldValue, change.NewValue));
        Assert.Equal(wanted, KernelValue.Of(Machine.Live.ReadText(path)));
        using UndoMemoryChangeCommand undo = new() { Id = [change.Id] };
        Assert.Empty(CmdletRun.Run(undo).Errors);
        Assert.Equal(before, Machine.Live.ReadText(path));
    }

    [Fact]
    public void What_the_kernel_refuses_is_an_error_and_changes_nothing()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string before = Machine.Live.ReadText("proc/sys/vm/swappiness");

        using ApplyCommand command = new() { Change = KernelFileChange.Plan(Machine.Live, "proc/sys/vm/swappiness", "vm.swappiness", "1000") };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.KernelRefused, Assert.Single(shell.Errors).Id);
        Assert.Equal(before, Machine.Live.ReadText("proc/sys/vm/swappiness"));
    }

    [Theory]
    [InlineData(PageCacheMode.PageCache)]
    [InlineData(PageCacheMode.Slab)]
    [InlineData(PageCacheMode.All)]
    public void Caches_that_were_dropped_are_gone_from_the_memory_files(PageCacheMode mode)
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        MakeFile("cached", 64 << 20);
        long? before = MemInfoFile.Read(Machine.Live).BuffCache;
        using ClearPageCacheCommand command = new() { Mode = mode };

        using RecordingShell shell = CmdletRun.Run(command);

        PageCacheClearing clearing = Assert.IsType<PageCacheClearing>(Assert.Single(shell.Output));
        long? after = MemInfoFile.Read(Machine.Live).BuffCache;
        // Others read files meanwhile.
        Assert.InRange(clearing.Freed!.Value - (before - after)!.Value, -(96L << 20), 96L << 20);
        Assert.True(mode == PageCacheMode.Slab || clearing.Freed > 32 << 20, $"{clearing.Freed} bytes freed");
    }

    [Fact]
    public void One_file_of_256_MiB_is_evicted_and_another_stays()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string evicted = MakeFile("evicted", 256 << 20);
        string kept = MakeFile("kept", 16 << 20);
        using ClearPageCacheCommand command = new() { Path = [evicted] };

        using RecordingShell shell = CmdletRun.Run(command);

        PageCacheClearing clearing = Assert.IsType<PageCacheClearing>(Assert.Single(shell.Output));
        Assert.Equal((256L << 20, 0L), (clearing.Before, clearing.After));
        Assert.Equal("0", Live.Run("fincore", "-n", "-b", "-o", "RES", evicted).Output.Trim());
        Assert.Equal((16 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), Live.Run("fincore", "-n", "-b", "-o", "RES", kept).Output.Trim());
    }

    [Fact]
    public void The_adjustment_of_a_child_is_set_and_taken_back()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using Process child = Process.Start("sleep", "60");
        try
        {
            using SetOomScoreAdjCommand command = new() { Id = [child.Id], Value = 321, Switches = { "PassThru" } };
            using RecordingShell shell = CmdletRun.Run(command);
            MemoryChange change = Assert.IsType<MemoryChange>(Assert.Single(shell.Output));
            Assert.Equal("321\n", File.ReadAllText($"/proc/{child.Id}/oom_score_adj"));

            using UndoMemoryChangeCommand undo = new() { InputObject = [change] };
            CmdletRun.Run(undo).Dispose();
            Assert.Equal("0\n", File.ReadAllText($"/proc/{child.Id}/oom_score_adj"));
        }
        finally
        {
            child.Kill();
        }
    }

    private string MakeFile(string name, int size)
    {
        string path = Path.Join(_folder, name);
        File.WriteAllBytes(path, new byte[size]);
        Live.Run("sync", path);
        return path;
    }

    private sealed class ApplyCommand : ChangeCmdlet
    {
        public required PlannedChange Change { get; init; }

        protected override void ProcessItem() => Apply(Change);
    }
}
