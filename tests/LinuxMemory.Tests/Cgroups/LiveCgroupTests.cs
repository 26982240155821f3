using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>Limits and reclaim in groups of the test's own.</summary>
[Trait("Category", "Live")]
public class LiveCgroupTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void A_limit_is_set_seen_reached_and_lifted()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        using OwnCgroup group = new();
        MemoryHolder first = group.Start(8 * MiB);

        MemoryChange set = Assert.IsType<MemoryChange>(Assert.Single(Run(new SetCgroupMemoryLimitCommand { Path = [group.Path], Max = 24 * MiB, Switches = { "PassThru" } }).Output));

        Assert.Equal(("max", $"{24 * MiB}", 24L * MiB), (set.OldValue, set.NewValue, group.Max));
        CgroupMemory limited = Read(group.Path);
        Assert.Equal((24L * MiB, group.Path, 0L), (limited.EffectiveMax, limited.LimitedBy, limited.OomKills));
        Assert.InRange(limited.UsedPercent!.Value, 30, 70);
        Assert.Equal([first.Id], limited.Processes);

        MemoryHolder second = group.Start(4 * MiB);
        second.Take(32 * MiB);

        Assert.True(second.WaitForEnd(TimeSpan.FromSeconds(10)));
        Assert.False(first.HasEnded);
        CgroupMemory reached = Read(group.Path);
        Assert.Equal(1, reached.OomKills);
        Assert.True(reached.Events["max"] > 0);
        Assert.InRange(reached.Peak!.Value, 23L * MiB, 24L * MiB);

        Assert.Empty(Run(new UndoMemoryChangeCommand { Id = [set.Id] }).Errors);

        Assert.Null(group.Max);
        MemoryHolder third = group.Start(32 * MiB);
        Assert.False(third.HasEnded);
        Assert.Equal((null, 1L), (Read(group.Path).EffectiveMax, Read(group.Path).OomKills));
    }

    [Fact]
    public void A_limit_below_use_is_asked_about_and_reclaims_page_cache_before_anybody_is_killed()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        using OwnCgroup group = new();
        MemoryHolder holder = group.Start(8 * MiB);
        string file = FillCache(group, 24);
        try
        {
            Assert.True(group.Current > 28 * MiB);

            using RecordingShell forecast = Run(new SetCgroupMemoryLimitCommand { Path = [group.Path], Max = 16 * MiB }, new RecordingShell { Agrees = false });
            Assert.Single(forecast.Warnings);
            Assert.Null(group.Max);
            using RecordingShell shell = Run(new SetCgroupMemoryLimitCommand { Path = [group.Path], Max = 16 * MiB });

            Assert.Empty(shell.Errors);
            Assert.Equal(16L * MiB, group.Max);
            Assert.InRange(group.Current, 8L * MiB, 16L * MiB);
            Assert.False(holder.HasEnded);
            // What the process holds is all that is left now, and cannot be reclaimed without swap.
            using RecordingShell refused = Run(new SetCgroupMemoryLimitCommand { Path = [group.Path], Max = 4 * MiB, Switches = { "Force" } });
            if (group.Version == 1)
            {
                Assert.Equal(ErrorIds.KernelRefused, Assert.Single(refused.Errors).Id);
                Assert.Equal((16L * MiB, false), (group.Max, holder.HasEnded));
            }
            else
            {
                Assert.True(holder.WaitForEnd(TimeSpan.FromSeconds(10)));
                Assert.Equal(2, refused.Warnings.Count);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Reclaim_gives_back_page_cache_and_says_how_much()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        using OwnCgroup group = new();
        MemoryHolder holder = group.Start(4 * MiB);
        string file = FillCache(group, 32);
        try
        {
            long before = group.Current;

            using RecordingShell shell = Run(new InvokeMemoryReclaimCommand { Path = [group.Path] });

            CgroupReclaimResult result = Assert.IsType<CgroupReclaimResult>(Assert.Single(shell.Output));
            Assert.InRange(before - result.Before!.Value, -MiB, MiB);
            Assert.InRange(result.Reclaimed!.Value, 24L * MiB, 40L * MiB);
            Assert.InRange(group.Current - result.After!.Value, -MiB, MiB);
            Assert.False(holder.HasEnded);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void An_amount_is_reclaimed_and_no_more_than_a_piece_above_it_until_nothing_is_left()
    {
        using OwnCgroup group = ReclaimingGroup();
        MemoryHolder holder = group.Start(4 * MiB);
        string file = FillCache(group, 48);
        try
        {
            CgroupReclaimResult some = Assert.IsType<CgroupReclaimResult>(Assert.Single(Run(new InvokeMemoryReclaimCommand { Path = [group.Path], Size = 16 * MiB }).Output));
            Assert.Equal(CgroupReclaimEnd.Done, some.End);
            // In pieces of 1 MiB, of which the kernel takes up to twice as much.
            Assert.InRange(some.Reclaimed!.Value, 15L * MiB, 19L * MiB);

            CgroupReclaimResult all = Assert.IsType<CgroupReclaimResult>(Assert.Single(Run(new InvokeMemoryReclaimCommand { Path = [group.Path], Size = 512L * MiB, MaxStall = TimeSpan.FromMinutes(1) }).Output));
            Assert.Equal(CgroupReclaimEnd.NothingLeft, all.End);
            Assert.InRange(all.Reclaimed!.Value, 16L * MiB, 48L * MiB);
            Assert.False(holder.HasEnded);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_swappiness_goes_with_it_where_the_kernel_takes_one()
    {
        using OwnCgroup group = ReclaimingGroup();
        string file = FillCache(group, 8);
        try
        {
            using RecordingShell shell = Run(new InvokeMemoryReclaimCommand { Path = [group.Path], Size = 4 * MiB, Swappiness = 0 });

            Assert.SkipWhen(shell.Errors is [{ Id: ErrorIds.KernelRefused }], "memory.reclaim takes no swappiness here (6.9)");
            Assert.Empty(shell.Errors);
            Assert.Equal(CgroupReclaimEnd.Done, Assert.IsType<CgroupReclaimResult>(Assert.Single(shell.Output)).End);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static OwnCgroup ReclaimingGroup()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        OwnCgroup group = new();
        if (!File.Exists($"{group.Directory}/memory.reclaim"))
        {
            group.Dispose();
            Assert.Skip("no memory.reclaim here (version 2, 5.19)");
        }
        return group;
    }

    [Fact]
    public async Task Groups_come_and_go_while_the_tree_is_read()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        using OwnCgroup group = new();
        using CancellationTokenSource stop = new();
        Task churn = Task.Run(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                Directory.CreateDirectory($"{group.Directory}/churn{i}");
                if (i >= 10)
                {
                    Directory.Delete($"{group.Directory}/churn{i - 10}");
                }
            }
        }, TestContext.Current.CancellationToken);
        try
        {
            for (int round = 0; round < 100; round++)
            {
                using RecordingShell shell = Run(new GetCgroupMemoryCommand { Path = [group.Path], Switches = { "Recurse" } });
                Assert.Empty(shell.Errors);
                Assert.NotEmpty(shell.Output);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await churn;
            foreach (string left in Directory.GetDirectories(group.Directory))
            {
                Directory.Delete(left);
            }
        }
    }

    // A process in the group writes a file on a disk, whose pages then count for the group.
    private static string FillCache(OwnCgroup group, int mebibytes)
    {
        string file = Path.Join("/var/tmp", $"linuxmemory-test-{Guid.NewGuid():N}");
        (int code, string output) = Live.Run("sh", "-c", "echo $$ > \"$1/cgroup.procs\" && exec dd if=/dev/zero of=\"$2\" bs=1M count=\"$3\" conv=fsync", "sh", group.Directory, file, $"{mebibytes}");
        Assert.True(code == 0, output);
        return file;
    }

    private static CgroupMemory Read(string path) => Assert.IsType<CgroupMemory>(Assert.Single(Run(new GetCgroupMemoryCommand { Path = [path] }).Output));

    private static RecordingShell Run(MemoryCmdlet command, RecordingShell? shell = null)
    {
        using (command)
        {
            return CmdletRun.Run(command, shell);
        }
    }
}
