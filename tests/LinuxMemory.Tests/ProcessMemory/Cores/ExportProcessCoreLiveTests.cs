using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>A core to a full disk, and one whose writer is killed while the process stands still.</summary>
[Trait("Category", "Live")]
public sealed class ExportProcessCoreLiveTests : IDisposable
{
    private const string Large = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        int main(void) { memset(malloc(400 << 20), 1, 400 << 20); puts("ready"); fflush(stdout); pause(); }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-core-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void On_a_full_disk_nothing_is_left()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using Process target = StartTarget();
        string mount = Path.Join(_folder, "full");
        Directory.CreateDirectory(mount);
        Assert.Equal(0, Live.Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount).Code);
        try
        {
            using RecordingShell shell = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Path.Join(mount, "core") });

            Assert.Equal(ErrorIds.KernelRefused, Assert.Single(shell.Errors).Id);
            Assert.Empty(Directory.GetFiles(mount));
            AssertRunsOn(target.Id);
        }
        finally
        {
            Live.Run("umount", mount);
            End(target);
        }
    }

    // ext2 gives blocks only for bytes that are written.
    [Fact]
    public void A_file_system_that_gives_no_blocks_ahead_holds_the_same_core()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using LoopDisk disk = LoopDisk.Make("ext2", 512 << 20);
        using Process target = StartTarget();
        try
        {
            string path = Path.Join(_folder, "core");
            using RecordingShell shell = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = path });
            using RecordingShell other = CmdletRun.Run(new ExportProcessCoreCommand { Id = [target.Id], Path = Path.Join(disk.Root, "core") });

            Assert.Empty(shell.Errors.Concat(other.Errors));
            ProcessCore expected = Assert.Single(shell.Output.OfType<ProcessCore>());
            ProcessCore core = Assert.Single(other.Output.OfType<ProcessCore>());
            Assert.Equal((expected.Size, expected.Written), (core.Size, core.Written));
        }
        finally
        {
            End(target);
        }
    }

    [Fact]
    public void A_process_that_stood_still_for_a_killed_session_runs_on()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        using Process target = StartTarget();
        try
        {
            using Process session = Process.Start(new ProcessStartInfo("dotnet",
                [Path.Join(AppContext.BaseDirectory, "LinuxMemory.Console.dll"), "Export-ProcessCore", "-Id", $"{target.Id}", "-Freeze", "-Path", Path.Join(_folder, "core")]) { RedirectStandardOutput = true })!;
            bool wasHeld = SpinWait.SpinUntil(() => session.HasExited || Status(target.Id, "TracerPid") != "0", TimeSpan.FromSeconds(30)) && !session.HasExited;
            session.Kill();
            session.WaitForExit();

            Assert.SkipUnless(wasHeld, "the core was finished too soon");
            Assert.True(SpinWait.SpinUntil(() => Status(target.Id, "TracerPid") == "0", TimeSpan.FromSeconds(10)));
            AssertRunsOn(target.Id);
        }
        finally
        {
            End(target);
        }
    }

    private Process StartTarget()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "needs gcc");
        string program = Path.Join(_folder, "large");
        File.WriteAllText(program + ".c", Large);
        Assert.Equal(0, Live.Run("gcc", "-o", program, program + ".c").Code);
        Process target = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
        Assert.Equal("ready", target.StandardOutput.ReadLine());
        return target;
    }

    // Not Process.Kill: the runtime takes the stop of a child that this process traces for its end.
    private static void End(Process target) => Live.Run("kill", "-KILL", target.Id.ToString(CultureInfo.InvariantCulture));

    private static void AssertRunsOn(int id)
    {
        Assert.Equal("0", Status(id, "TracerPid"));
        Assert.StartsWith("S", Status(id, "State"), StringComparison.Ordinal);
    }

    private static string Status(int id, string key) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status")).First(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();
}
