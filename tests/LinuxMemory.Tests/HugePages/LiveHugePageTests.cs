using System.Globalization;
using System.IO.MemoryMappedFiles;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>Pools, mounts, compaction and NUMA balancing of this computer; each test takes back what it did.</summary>
[Trait("Category", "Live")]
public sealed class LiveHugePageTests : IClassFixture<MachineState>, IDisposable
{
    private const long Size = 2 << 20;
    private const string Pool = "/sys/kernel/mm/hugepages/hugepages-2048kB/";

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-live-huge-").FullName;
    private readonly List<long> _changes = [];

    public void Dispose()
    {
        foreach (long id in Enumerable.Reverse(_changes))
        {
            using UndoMemoryChangeCommand undo = new() { Id = [id], Switches = { "Force" } };
            CmdletRun.Run(undo).Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_pool_goes_up_and_down_and_back()
    {
        Require();
        long before = Number("nr_hugepages");

        HugePagePoolResult up = SetPool(before + 64);
        Assert.Equal((before + 64, before + 64, before, true), (up.Asked, up.Achieved, up.Before, up.IsComplete));
        Assert.Equal(before + 64, Number("nr_hugepages"));
        Assert.Equal(before + 64, HugePagePools.Read(Machine.Live).Single(pool => pool is { Node: null, PageSize: Size }).Total);

        HugePagePoolResult down = SetPool(before + 8);
        Assert.Equal((before + 8, before + 64), (down.Achieved, down.Before));

        TakeBack();
        Assert.Equal(before, Number("nr_hugepages"));
    }

    [Fact]
    public void A_mount_serves_a_process_and_is_kept_while_it_does()
    {
        Require();
        string path = Path.Join(_folder, "huge pages");
        SetPool(Number("nr_hugepages") + 8);
        using NewHugePageMountCommand mount = new() { Path = path, PageSize = Size, Size = 4 * Size, UserId = 12345, Mode = "0770", Switches = { "PassThru" } };
        using RecordingShell made = CmdletRun.Run(mount);
        Assert.Empty(made.Errors);
        Note(made);
        HugePageMount shown = made.Output.OfType<HugePageMount>().Single();
        Assert.Equal((path, (long?)Size, (long?)(4 * Size), 12345L, "770"), (shown.Path, shown.PageSize, shown.Size, shown.UserId, shown.Mode));
        long free = Number("free_hugepages");

        using (FileStream file = new(Path.Join(path, "data"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            file.SetLength(2 * Size);
            using MemoryMappedFile map = MemoryMappedFile.CreateFromFile(file, null, 2 * Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            using MemoryMappedViewAccessor view = map.CreateViewAccessor();
            view.Write(0, 1);
            view.Write(Size, 1);
            Assert.Equal(free - 2, Number("free_hugepages"));
            Assert.Equal(ErrorIds.HugePageMountBusy, Assert.Single(Remove(path).Errors).Id);
            Assert.Equal(2, Warned(SetPoolShell(0)));
        }

        using RecordingShell removed = Remove(path);
        Assert.Empty(removed.Errors);
        Assert.Single(removed.Warnings);
        Assert.DoesNotContain(HugePageMount.Read(Machine.Live), found => found.Path == path);
    }

    [Fact]
    public void A_pool_that_cannot_be_is_refused_before_anything_is_taken()
    {
        Require();
        string before = File.ReadAllText(Pool + "nr_hugepages");
        using SetHugePagePoolCommand command = new() { PageSize = Size, Bytes = MemInfoFile.Read(Machine.Live).MemTotal + 1, Switches = { "Force" } };

        Assert.Equal(ErrorIds.HugePagePoolTooLarge, Assert.Single(CmdletRun.Run(command).Errors).Id);
        Assert.Equal(before, File.ReadAllText(Pool + "nr_hugepages"));
    }

    [Fact]
    public void Compaction_tells_of_every_zone()
    {
        Assert.SkipWhen(Live.Obstacle is not null || !File.Exists("/proc/sys/vm/compact_memory"), Live.Obstacle ?? "this kernel cannot compact");
        using InvokeMemoryCompactionCommand command = new();

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.Equal(BuddyInfoFile.Read(Machine.Live).DistinctBy(row => (row.Node, row.Zone)).Count(), shell.Output.OfType<MemoryCompaction>().Count());
    }

    [Fact]
    public void The_unusable_index_is_that_of_debugfs()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        const string script = "mount -t debugfs none /sys/kernel/debug 2>/dev/null; cat /sys/kernel/debug/extfrag/unusable_index";
        (int code, string output) = Live.Run("unshare", "-m", "--propagation", "private", "sh", "-c", script);
        Assert.SkipWhen(code != 0, "this kernel has no extfrag in debugfs");
        ILookup<string, MemoryFragmentation> ours = BuddyInfoFile.Read(Machine.Live).ToLookup(row => $"{row.Node} {row.Zone}");

        foreach (string[] fields in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)))
        {
            double[] index = [.. fields[4..].Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            Assert.Equal(index.Length, ours[$"{fields[1]} {fields[3]}"].Count());
            // Others allocate and free meanwhile.
            Assert.All(index.Zip(ours[$"{fields[1]} {fields[3]}"]), pair => Assert.Equal(pair.First, pair.Second.UnusableIndex, 0.1));
        }
    }

    [Fact]
    public void NUMA_balancing_is_switched_as_far_as_the_kernel_lets()
    {
        const string file = "/proc/sys/kernel/numa_balancing";
        Assert.SkipWhen(Live.Obstacle is not null || !File.Exists(file), Live.Obstacle ?? "this kernel has no NUMA balancing");
        string before = File.ReadAllText(file);
        using SetNumaBalancingCommand command = new() { Enabled = before.Trim() == "0", Switches = { "PassThru" } };

        using RecordingShell shell = CmdletRun.Run(command);

        Note(shell);
        Assert.Empty(shell.Errors);
        Assert.NotEqual(before, File.ReadAllText(file));
        TakeBack();
        Assert.Equal(before, File.ReadAllText(file));
    }

    private static void Require()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Directory.Exists(Pool), "no huge pages of 2 MiB here");
    }

    private static long Number(string file) => long.Parse(File.ReadAllText(Pool + file), CultureInfo.InvariantCulture);

    private static int Warned(RecordingShell shell)
    {
        using (shell)
        {
            return int.Parse(shell.Warnings.Single(text => text.Contains("in use", StringComparison.Ordinal)).Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }

    private HugePagePoolResult SetPool(long count)
    {
        using RecordingShell shell = SetPoolShell(count);
        Assert.Empty(shell.Errors);
        return shell.Output.OfType<HugePagePoolResult>().Single();
    }

    private RecordingShell SetPoolShell(long count)
    {
        using SetHugePagePoolCommand command = new() { PageSize = Size, Count = count, Switches = { "PassThru" } };
        RecordingShell shell = CmdletRun.Run(command);
        Note(shell);
        return shell;
    }

    private RecordingShell Remove(string path)
    {
        using RemoveHugePageMountCommand command = new() { Path = [path], Switches = { "PassThru" } };
        RecordingShell shell = CmdletRun.Run(command);
        if (shell.Errors.Count == 0)
        {
            // Gone is gone: the mount is not to be taken back as well.
            _changes.RemoveAll(id => ChangeJournal.Of(Machine.Live).Read(_ => { }).Any(change => change.Id == id && change.Target == path));
        }
        return shell;
    }

    private void Note(RecordingShell shell) => _changes.AddRange(shell.Output.OfType<MemoryChange>().Select(change => change.Id));

    private void TakeBack()
    {
        using UndoMemoryChangeCommand undo = new() { Id = [.. _changes] };
        Assert.Empty(CmdletRun.Run(undo).Errors);
        _changes.Clear();
    }
}
