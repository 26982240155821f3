using System.Diagnostics;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>A core to a full disk, and one whose writer is killed while the process stands still.</summary>
[Trait("Category", "Live")]
public sealed class ExportProcessCoreLiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-core-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void On_a_full_disk_nothing_is_left()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using LargeProcess target = LargeProcess.Start(_folder);
        string mount = Path.Join(_folder, "full");
        Directory.CreateDirectory(mount);
        Assert.Equal(0, Live.Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount).Code);
        try
        {
            using RecordingShell shell = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Path.Join(mount, "core") });

            Assert.Equal(ErrorIds.KernelRefused, Assert.Single(shell.Errors).Id);
            Assert.Empty(Directory.GetFiles(mount));
            target.AssertRunsOn();
        }
        finally
        {
            Live.Run("umount", mount);
        }
    }

    // ext2 gives blocks only for bytes that are written.
    [Fact]
    public void A_file_system_that_gives_no_blocks_ahead_holds_the_same_core()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using LoopDisk disk = LoopDisk.Make("ext2", 512 << 20);
        using LargeProcess target = LargeProcess.Start(_folder);
        string path = Path.Join(_folder, "core");
        using RecordingShell shell = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = path });
        using RecordingShell other = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Path.Join(disk.Root, "core") });

        Assert.Empty(shell.Errors.Concat(other.Errors));
        ProcessCore expected = Assert.Single(shell.Output.OfType<ProcessCore>());
        ProcessCore core = Assert.Single(other.Output.OfType<ProcessCore>());
        Assert.Equal((expected.Size, expected.Written), (core.Size, core.Written));
    }

    [Fact]
    public void A_process_that_stood_still_for_a_killed_session_runs_on()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using LargeProcess target = LargeProcess.Start(_folder);
        using Process session = Process.Start(new ProcessStartInfo(ConsoleSession.Command[0],
            [.. ConsoleSession.Command[1..], "Export-ProcessCore", "-Id", $"{target.Id}", "-Freeze", "-Path", Path.Join(_folder, "core")]) { RedirectStandardOutput = true })!;
        bool wasHeld = SpinWait.SpinUntil(() => session.HasExited || target.Status("TracerPid") != "0", TimeSpan.FromSeconds(30)) && !session.HasExited;
        session.Kill();
        session.WaitForExit();

        Assert.SkipUnless(wasHeld, "the core was finished too soon");
        Assert.True(SpinWait.SpinUntil(() => target.Status("TracerPid") == "0", TimeSpan.FromSeconds(10)));
        target.AssertRunsOn();
    }
}
