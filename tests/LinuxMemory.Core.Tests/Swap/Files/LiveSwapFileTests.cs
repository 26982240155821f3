using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Swap files on real file systems, which the tests make on loop devices, beside the tools of util-linux.</summary>
[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class LiveSwapFileTests
{
    private const long Size = 32 << 20;
    private const long DiskSize = 400 << 20;

    [Theory]
    [InlineData("ext4")]
    [InlineData("ext3")]
    [InlineData("ext2")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    [InlineData("f2fs")]
    public void A_file_is_made_enabled_and_removed_on(string type)
    {
        using LoopDisk disk = LoopDisk.Make(type, DiskSize);
        string path = Path.Join(disk.Root, "swap file");
        long free = disk.Free;

        SwapFileCreation made = (SwapFileCreation)Plan(path).Apply(Machine.Live);

        try
        {
            SwapArea area = SwapAreas.At(Machine.Live, path);
            Assert.True(area is { IsActive: true, Kind: SwapAreaKind.File, Priority: 7, Label: "made here" }, $"{area}");
            Assert.Equal((made.Uuid, Size - 4096), (area.Uuid, area.Size));
            Assert.Equal($"600 {Size} 0 0", Run("stat", "-c", "%a %s %u %g", path));
            Assert.Equal($"swap {made.Uuid} made here", $"{Run("blkid", "-p", "-s", "TYPE", "-o", "value", path)} {Run("blkid", "-p", "-s", "UUID", "-o", "value", path)} {Run("blkid", "-p", "-s", "LABEL", "-o", "value", path)}");
            string label = Run("swaplabel", path);
            Assert.Contains(made.Uuid, label, StringComparison.Ordinal);
            Assert.Contains("made here", label, StringComparison.Ordinal);
            Assert.Contains("swap file", Run("file", "-b", path), StringComparison.OrdinalIgnoreCase);
            Assert.Equal(["swap file"], disk.Entries);
        }
        finally
        {
            made.Reverse!.Apply(Machine.Live);
        }
        Assert.Empty(disk.Entries);
        Assert.False(IsActive(path));
        // btrfs gives space back in the background.
        Assert.True(SpinWait.SpinUntil(() => Live.Run("sync", "-f", disk.Root).Code == 0 && disk.Free >= free - (4 << 20), TimeSpan.FromSeconds(40)), $"{disk.Free} bytes are free, and were {free}");
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    [InlineData("f2fs")]
    public void What_mkswap_made_is_enabled_and_removed_on(string type)
    {
        using LoopDisk disk = LoopDisk.Make(type, DiskSize);
        string path = Path.Join(disk.Root, "swapfile");
        File.Create(path).Dispose();
        Run("chmod", "600", path);
        Run("sh", "-c", $"[ {type} != btrfs ] || chattr +C {path}");
        Run("dd", "if=/dev/zero", $"of={path}", "bs=1M", "count=16", "conv=notrunc,fsync");
        Run("mkswap", "-L", "theirs", "-U", "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11", path);

        SwapAreaUse.PlanEnabling(Machine.Live, path, 9, SwapDiscard.None).Apply(Machine.Live);

        Assert.True(SwapAreas.At(Machine.Live, path) is { IsActive: true, Priority: 9, Label: "theirs", Uuid: "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11" });
        SwapFileRemoval.Plan(Machine.Live, path, skipsFit: false).Apply(Machine.Live);
        Assert.Empty(disk.Entries);
        Assert.False(IsActive(path));
    }

    [Fact]
    public void The_kernel_enables_by_swapon_what_we_made_and_did_not_enable()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", DiskSize);
        string path = Path.Join(disk.Root, "swapfile");
        (Plan(path) with { Enables = false }).Apply(Machine.Live);
        Assert.False(IsActive(path));

        Run("swapon", path);

        Assert.True(IsActive(path));
        Run("swapoff", path);
    }

    [Fact]
    public void Tmpfs_is_refused_with_the_reason_and_the_alternative()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string folder = Directory.CreateTempSubdirectory("linuxmemory-tmpfs-").FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=64m", "none", folder);
        try
        {
            RefusedIn(folder, "tmpfs", "New-ZramSwap");
        }
        finally
        {
            Run("umount", folder);
            Directory.Delete(folder);
        }
    }

    [Fact]
    public void An_overlay_is_refused_with_the_reason_and_the_alternative()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", DiskSize);
        string[] folders = ["lower", "upper", "work", "merged"];
        string[] paths = [.. folders.Select(folder => Directory.CreateDirectory(Path.Join(disk.Root, folder)).FullName)];
        (int code, string output) = Live.Run("mount", "-t", "overlay", "overlay", "-o", $"lowerdir={paths[0]},upperdir={paths[1]},workdir={paths[2]}", paths[3]);
        Assert.SkipWhen(code != 0, $"this kernel does not mount overlay: {output.Trim()}");
        try
        {
            RefusedIn(paths[3], "overlay", "volume");
        }
        finally
        {
            Run("umount", paths[3]);
        }
    }

    [Fact]
    public void A_read_only_mount_is_refused()
    {
        using LoopDisk disk = LoopDisk.Make("ext4", DiskSize);
        disk.Remount("ro");

        SwapRefusedException e = Assert.Throws<SwapRefusedException>(() => Plan(Path.Join(disk.Root, "swapfile")));

        Assert.Equal((SwapProblem.PlaceUnsuitable, Errno.EROFS), (e.Problem, e.Errno));
        Assert.Empty(disk.Entries);
    }

    private static void RefusedIn(string folder, string name, string instead)
    {
        SwapRefusedException e = Assert.Throws<SwapRefusedException>(() => Plan(Path.Join(folder, "swapfile")));
        Assert.Equal(SwapProblem.PlaceUnsuitable, e.Problem);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(instead, e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private static SwapFileCreation Plan(string path) =>
        SwapFileCreation.Plan(Machine.Live, new SwapFileRequest { Path = path, Size = Size, Priority = 7, Label = "made here" });

    private static bool IsActive(string path) => SwapsFile.Read(Machine.Live).Any(area => area.Path == path);

    private static string Run(string program, params string[] arguments)
    {
        (int code, string output) = Live.Run(program, arguments);
        Assert.True(code == 0, $"{program}: {output}");
        return output.TrimEnd('\n');
    }
}
