using System.Diagnostics;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

/// <summary>Sessions killed while they make, remove and resize swap files, each in a place for mounts of its own with a copy of /etc.</summary>
[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class LiveSwapKillTests(ITestOutputHelper output)
{
    private static readonly string Loop = Checkout.Path("tests", "SwapLoop", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "LinuxMemory.SwapLoop.dll");

    [Theory]
    [InlineData("create", 110)]
    [InlineData("remove", 30)]
    [InlineData("grow", 30)]
    [InlineData("shrink", 30)]
    public void A_kill_at_any_moment_leaves_no_orphan_and_an_fstab_that_is_old_or_complete(string mode, int kills)
    {
        using LoopDisk disk = LoopDisk.Make("ext4", 200 << 20);
        string etc = Directory.CreateTempSubdirectory("linuxmemory-etc-").FullName;
        try
        {
            Assert.Equal(0, Live.Run("cp", "-a", "/etc/.", etc).Code);
            File.Copy("/etc/fstab", Path.Join(etc, "fstab.before"));
            using Process place = Start("unshare", "--mount", "--propagation", "private", "sh", "-c", "mount --bind \"$1\" /etc && echo ready && exec sleep 600", "sh", etc);
            using Killed _ = new(place);
            Assert.Equal("ready", place.StandardOutput.ReadLine());
            Process Next(string what) => Start("nsenter", $"--mount=/proc/{place.Id}/ns/mnt", "dotnet", Loop, disk.Root, "/etc/fstab.before", what);

            Dictionary<string, int> left = [];
            Random random = new(20260131);
            TimeSpan longest = TimeSpan.Zero;
            for (int i = 0; i <= kills; i++)
            {
                using Process process = Next(i == kills ? "check" : mode);
                string state = process.StandardOutput.ReadLine() ?? "";
                string verdict = process.StandardOutput.ReadLine() ?? process.StandardError.ReadToEnd();
                if (verdict != "clean")
                {
                    Assert.Fail($"after {i} kills ({state}): {verdict}{process.StandardOutput.ReadToEnd()}");
                }
                left[state] = left.GetValueOrDefault(state) + (i == 0 ? 0 : 1);
                if (i < kills)
                {
                    Assert.Equal("begun", process.StandardOutput.ReadLine());
                    longest = KillWhileItWorks(process, i == 0 ? null : longest * random.NextDouble()) ?? longest;
                }
                process.WaitForExit();
            }
            output.WriteLine($"{mode} takes {longest.TotalMilliseconds:0} ms. {string.Join("; ", left.Select(state => $"{state.Value} times {state.Key}"))}");
            Assert.True(left.Values.Count(times => times > 0) > 1, "the kills came at too few different moments");
            Assert.Empty(disk.Entries);
        }
        finally
        {
            Directory.Delete(etc, recursive: true);
        }
    }

    // The first one works to its end and tells how long that takes.
    private static TimeSpan? KillWhileItWorks(Process process, TimeSpan? after)
    {
        long start = Stopwatch.GetTimestamp();
        if (after is TimeSpan time)
        {
            Thread.Sleep(time);
        }
        else
        {
            Assert.Equal("done", process.StandardOutput.ReadLine());
        }
        process.Kill();
        return after is null ? Stopwatch.GetElapsedTime(start) : null;
    }

    // unshare and nsenter become the program that they start, so that the process that is killed is the one that works.
    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    // The place for mounts lives as long as a process in it: the kernel shows areas by their path there.
    private sealed class Killed(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
