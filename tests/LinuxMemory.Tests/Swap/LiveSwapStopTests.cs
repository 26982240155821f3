using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

[Trait("Category", "Live")]
public sealed class LiveSwapStopTests
{
    // ext2 has no fallocate, so that there is time to press Ctrl-C while zeroes are written.
    [Fact]
    public void Ctrl_C_in_the_middle_leaves_nothing()
    {
        using LoopDisk disk = LoopDisk.Make("ext2", 700 << 20);
        string path = Path.Join(disk.Root, "swapfile");
        long free = disk.Free;
        byte[] fstab = File.ReadAllBytes("/etc/fstab");
        using Process process = Process.Start(new ProcessStartInfo(ConsoleSession.Command[0], [.. ConsoleSession.Command[1..], "New-SwapFile", path, "500MB"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Assert.True(SpinWait.SpinUntil(() => process.HasExited || disk.Free < free - (8 << 20), TimeSpan.FromSeconds(60)), "it does not begin");

        Live.Run("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");

        Assert.NotEqual(0, process.ExitCode);
        Assert.Empty(disk.Entries);
        Assert.DoesNotContain(SwapsFile.Read(Machine.Live), area => area.Path == path);
        Assert.Equal(fstab, File.ReadAllBytes("/etc/fstab"));
        Live.Run("sync", "-f", disk.Root);
        Assert.InRange(disk.Free, free - (1 << 20), free + (1 << 20));
    }
}
