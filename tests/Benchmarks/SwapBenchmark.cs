using System.Diagnostics;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Benchmarks;

/// <summary>A swap file from nothing to in use, beside the commands that people type; and written zeroes beside dd. As root, where live tests may run.</summary>
internal static class SwapBenchmark
{
    private const int Rounds = 5;
    private const string Allocated = "A swap file of 4 GiB on ext4: made, synced and in use";
    private const string Written = "A swap file of 256 MiB on ext2, where zeroes are written";

    public static void Run(Table table)
    {
        using Session? session = Session.PowerShell();
        if (session is null || Live.Obstacle is not null)
        {
            table.Missing(Allocated, session is null ? "there is no pwsh on PATH" : Live.Obstacle!);
            return;
        }
        Allocate(table, session);
        Write(table, session);
    }

    private static void Allocate(Table table, Session session)
    {
        string folder = Directory.CreateDirectory("/var/tmp/linuxmemory-benchmark").FullName;
        string path = Path.Join(folder, "swapfile");
        try
        {
            if (Live.Run("stat", "-f", "-c", "%T", folder).Output.Trim() != "ext2/ext3" || new DriveInfo(folder).AvailableFreeSpace < 12L << 30)
            {
                table.Missing(Allocated, "/var/tmp is not on ext4 with 12 GiB free");
                return;
            }
            double[] times = Timing.Medians(Rounds, Ours(session, path, "4GB"),
                Theirs(path, $"fallocate -l 4G {path} && chmod 600 {path} && mkswap {path} && sync {path} && swapon {path}", $"swapoff {path}; rm -f {path}"));
            table.Within(Allocated, ("New-SwapFile", times[0]), ("fallocate && chmod && mkswap && sync && swapon", times[1]), 1.2);
        }
        finally
        {
            Live.Run("sh", "-c", $"swapoff {path}; rm -rf {folder}");
        }
    }

    private static void Write(Table table, Session session)
    {
        LoopDisk disk;
        try
        {
            disk = LoopDisk.Make("ext2", 1L << 30);
        }
        catch (InvalidOperationException e)
        {
            table.Missing(Written, e.Message.Replace("$XunitDynamicSkip$", "", StringComparison.Ordinal));
            return;
        }
        using (disk)
        {
            string path = Path.Join(disk.Root, "swapfile");
            double[] times = Timing.Medians(Rounds, Ours(session, path, "256MB"),
                Theirs(path, $"dd if=/dev/zero of={path} bs=4M count=64 conv=fsync", $"rm -f {path}"));
            table.Within(Written, ("New-SwapFile", times[0]), ("dd conv=fsync", times[1]), 2);
        }
    }

    // Only the making counts; what follows takes it back.
    private static Func<double> Ours(Session session, string path, string size) => () =>
    {
        double time = session.Run($"$area = New-SwapFile '{path}' {size} -Confirm:$false");
        session.Run($"Remove-SwapFile '{path}' -Confirm:$false");
        return time;
    };

    private static Func<double> Theirs(string path, string make, string back) => () =>
    {
        long start = Stopwatch.GetTimestamp();
        (int code, string output) = Live.Run("sh", "-c", make);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Live.Run("sh", "-c", back);
        return code == 0 ? time : throw new InvalidOperationException($"{path}: {output}");
    };
}
