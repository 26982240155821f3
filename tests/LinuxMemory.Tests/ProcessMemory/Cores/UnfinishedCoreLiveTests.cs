using System.Diagnostics;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>
/// Cores on file systems without files that have no name: bindfs has links and no way to rename without replacing, as NFS; exfat-fuse
/// has neither.
/// </summary>
[Trait("Category", "Live")]
public sealed class UnfinishedCoreLiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-core-").FullName;
    private readonly string _mount;
    private bool _isMounted;

    public UnfinishedCoreLiveTests()
    {
        _mount = Path.Join(_folder, "mount");
        Directory.CreateDirectory(_mount);
    }

    private string Core => Path.Join(_mount, "core");

    private string Draft => Core + ".partial";

    public void Dispose()
    {
        // A session that was killed a moment ago can still hold it.
        if (_isMounted && Live.Run("umount", _mount).Code != 0)
        {
            Live.Run("umount", "-l", _mount);
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("bindfs")]
    [InlineData("exfat")]
    public void A_whole_core_has_its_name_alone(string fileSystem)
    {
        Mount(fileSystem);
        using LargeProcess target = LargeProcess.Start(_folder);
        string elsewhere = Path.Join(_folder, "core");
        using RecordingShell other = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = elsewhere, Freeze = true });

        using RecordingShell shell = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Core, Freeze = true });

        Assert.Empty(shell.Errors.Concat(other.Errors));
        Assert.Equal([Core], Directory.GetFiles(_mount));
        Assert.Equal(Assert.Single(shell.Output.OfType<ProcessCore>()).Size, new FileInfo(Core).Length);
        Assert.Equal(Assert.Single(other.Output.OfType<ProcessCore>()).Written, Assert.Single(shell.Output.OfType<ProcessCore>()).Written);
        target.AssertRunsOn();
    }

    [Theory]
    [InlineData("bindfs")]
    [InlineData("exfat")]
    public void A_killed_session_leaves_nothing_that_looks_finished_and_the_next_says_what_it_is(string fileSystem)
    {
        Mount(fileSystem);
        using LargeProcess target = LargeProcess.Start(_folder);
        using Process session = Process.Start(new ProcessStartInfo(ConsoleSession.Command[0],
            [.. ConsoleSession.Command[1..], "Export-ProcessCore", "-Id", $"{target.Id}", "-Path", Core]) { RedirectStandardOutput = true })!;
        bool isWriting = SpinWait.SpinUntil(() => session.HasExited || File.Exists(Draft), TimeSpan.FromSeconds(60)) && !session.HasExited;
        session.Kill();
        session.WaitForExit();

        Assert.SkipUnless(isWriting && !File.Exists(Core), "the core was finished too soon");
        Assert.Equal([Draft], Directory.GetFiles(_mount));
        using RecordingShell next = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Core, Kind = [ProcessMemoryKind.Stack] });
        MemoryError error = Assert.Single(next.Errors);
        Assert.Equal(ErrorIds.KernelRefused, error.Id);
        Assert.Contains($"{Draft}: ", error.Message, StringComparison.Ordinal);
        File.Delete(Draft);
        using RecordingShell again = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Core, Kind = [ProcessMemoryKind.Stack] });
        Assert.Empty(again.Errors);
        Assert.Equal([Core], Directory.GetFiles(_mount));
    }

    [Theory]
    [InlineData("bindfs")]
    [InlineData("exfat")]
    public void On_a_full_disk_nothing_is_left(string fileSystem)
    {
        Mount(fileSystem, megabytes: 20);
        using LargeProcess target = LargeProcess.Start(_folder);

        using RecordingShell shell = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Core });

        Assert.Equal(ErrorIds.KernelRefused, Assert.Single(shell.Errors).Id);
        Assert.Empty(Directory.GetFiles(_mount));
        target.AssertRunsOn();
    }

    private void Mount(string fileSystem, int megabytes = 600)
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "this kernel has no FUSE");
        string below = Path.Join(_folder, "below");
        if (fileSystem == "bindfs")
        {
            Assert.SkipUnless(File.Exists("/usr/bin/bindfs"), "bindfs is not installed");
            Directory.CreateDirectory(below);
            Assert.Equal(0, Live.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", below).Code);
            (int code, string output) = Live.Run("bindfs", below, _mount);
            // It holds what it shows; the mount goes when it ends.
            Live.Run("umount", "-l", below);
            Assert.SkipUnless(code == 0, output);
        }
        else
        {
            Assert.SkipUnless(File.Exists("/usr/sbin/mkfs.exfat") && File.Exists("/usr/sbin/mount.exfat-fuse"), "exfat-fuse is not installed");
            using (FileStream image = File.Create(below))
            {
                image.SetLength((long)megabytes << 20);
            }
            Assert.Equal(0, Live.Run("mkfs.exfat", below).Code);
            (int code, string output) = Live.Run("losetup", "--find", "--show", below);
            Assert.SkipUnless(code == 0, $"no loop device: {output}");
            string device = output.Trim();
            (code, output) = Live.Run("mount.exfat-fuse", device, _mount);
            // The mount keeps it until it goes.
            Live.Run("losetup", "-d", device);
            Assert.SkipUnless(code == 0, output);
        }
        _isMounted = true;
    }
}
