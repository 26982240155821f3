using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What goes wrong while a swap file is made leaves nothing: no file, no area, no space taken.</summary>
[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class LiveSwapFaultTests
{
    private const long Size = 40 << 20;

    // ext2 has no fallocate, so that zeroes are written.
    [Theory]
    [InlineData("ext4")]
    [InlineData("ext2")]
    public void No_space_at_any_tenth_of_the_allocation_leaves_nothing(string type)
    {
        using LoopDisk disk = LoopDisk.Make(type, 120 << 20);
        string path = Path.Join(disk.Root, "swapfile");
        string ballast = Path.Join(disk.Root, "ballast");
        for (int tenth = 0; tenth < 10; tenth++)
        {
            SwapFileCreation plan = SwapFileCreation.Plan(Machine.Live, new SwapFileRequest { Path = path, Size = Size, UsesReserve = true });
            Live.Run("sh", "-c", $"head -c {disk.Free - (Size / 10 * tenth) - (Size / 20)} /dev/zero >'{ballast}'; sync -f '{ballast}'");
            long free = disk.Free;
            Assert.InRange(free, 0, Size - 1);

            KernelException e = Assert.ThrowsAny<KernelException>(() => plan.Apply(Machine.Live));

            Assert.Equal(Errno.ENOSPC, e.Errno);
            Assert.Equal(["ballast"], disk.Entries);
            Assert.False(IsActive(path));
            Live.Run("sync", "-f", disk.Root);
            Assert.InRange(disk.Free, free - (1 << 20), free + (1 << 20));
            File.Delete(ballast);
            Live.Run("sync", "-f", disk.Root);
        }
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("ext2")]
    public void A_disk_that_fails_leaves_nothing(string type)
    {
        // The sparse file behind the disk runs out of room: writes to it fail with EIO.
        using LoopDisk disk = LoopDisk.Make(type, 400 << 20, backingSize: 160 << 20);
        string path = Path.Join(disk.Root, "swapfile");
        Live.Run("sync", "-f", disk.Root);
        Live.Run("sh", "-c", $"head -c 200M /dev/zero >'{Path.Join(Path.GetDirectoryName(disk.Backing), "ballast")}'");

        KernelException e = Assert.ThrowsAny<KernelException>(() =>
            SwapFileCreation.Plan(Machine.Live, new SwapFileRequest { Path = path, Size = 64 << 20, UsesReserve = true }).Apply(Machine.Live));

        TestContext.Current.TestOutputHelper?.WriteLine(e.Message);
        Assert.False(IsActive(path));
        Assert.DoesNotContain("swapfile", disk.Entries);
    }

    [Fact]
    public void A_link_that_comes_to_the_path_between_check_and_creation_is_not_followed()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", 120 << 20);
        string victim = Path.Join(disk.Root, "victim");
        string path = Path.Join(disk.Root, "swapfile");
        File.WriteAllText(victim, "precious");
        foreach (string target in new[] { victim, Path.Join(disk.Root, "nowhere"), disk.Root })
        {
            SwapFileCreation plan = Plan(path);
            File.CreateSymbolicLink(path, target);

            Assert.Equal(SwapProblem.FileExists, Assert.Throws<SwapRefusedException>(() => plan.Apply(Machine.Live)).Problem);

            Assert.Equal(target, File.ResolveLinkTarget(path, returnFinalTarget: false)!.FullName);
            File.Delete(path);
            Assert.Equal(["victim"], disk.Entries);
            Assert.Equal("precious", File.ReadAllText(victim));
        }
    }

    [Fact]
    public void A_directory_or_file_that_comes_to_the_path_stays()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", 120 << 20);
        string path = Path.Join(disk.Root, "swapfile");
        SwapFileCreation plan = Plan(path);
        Directory.CreateDirectory(path);
        Assert.Equal(SwapProblem.FileExists, Assert.Throws<SwapRefusedException>(() => plan.Apply(Machine.Live)).Problem);
        Assert.Empty(Directory.GetFileSystemEntries(path));
        Directory.Delete(path);

        File.WriteAllText(path, "mine");
        Assert.Equal(SwapProblem.FileExists, Assert.Throws<SwapRefusedException>(() => plan.Apply(Machine.Live)).Problem);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void Another_directory_in_the_place_of_the_checked_one_gets_nothing()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", 120 << 20);
        string folder = Directory.CreateDirectory(Path.Join(disk.Root, "swap")).FullName;
        string other = Directory.CreateDirectory(Path.Join(disk.Root, "other")).FullName;
        SwapFileCreation plan = Plan(Path.Join(folder, "swapfile"));
        Directory.Move(folder, folder + ".old");
        File.CreateSymbolicLink(folder, other);

        SwapRefusedException e = Assert.Throws<SwapRefusedException>(() => plan.Apply(Machine.Live));

        Assert.Equal(Errno.ELOOP, e.Errno);
        Assert.Empty(Directory.GetFileSystemEntries(other));
        Assert.Empty(Directory.GetFileSystemEntries(folder + ".old"));
    }

    [Fact]
    public async Task Of_two_creations_of_one_path_at_once_one_wins_and_the_other_leaves_nothing()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", 400 << 20);
        string path = Path.Join(disk.Root, "swapfile");
        for (int i = 0; i < 10; i++)
        {
            SwapFileCreation[] plans = [Plan(path), Plan(path)];
            using Barrier barrier = new(plans.Length);
            Task<PlannedChange?>[] all = [.. plans.Select(plan => Task.Factory.StartNew(() =>
            {
                barrier.SignalAndWait();
                try
                {
                    return plan.Apply(Machine.Live);
                }
                catch (SwapRefusedException e) when (e.Problem == SwapProblem.FileExists)
                {
                    return null;
                }
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            PlannedChange?[] done = await Task.WhenAll(all);

            PlannedChange won = Assert.Single(done, change => change is not null)!;
            Assert.Equal(["swapfile"], disk.Entries);
            Assert.Single(SwapsFile.Read(Machine.Live), area => area.Path == path);
            won.Reverse!.Apply(Machine.Live);
            Assert.Empty(disk.Entries);
        }
    }

    private static SwapFileCreation Plan(string path) => SwapFileCreation.Plan(Machine.Live, new SwapFileRequest { Path = path, Size = 16 << 20 });

    private static bool IsActive(string path) => SwapsFile.Read(Machine.Live).Any(area => area.Path.StartsWith(path, StringComparison.Ordinal));
}
