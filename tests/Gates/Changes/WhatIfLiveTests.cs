using System.Diagnostics;
using System.Text.Json;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>-WhatIf on this computer, watched from outside by strace.</summary>
[Trait("Category", "Live")]
public sealed class WhatIfLiveTests : IDisposable
{
    private const string Watched = "openat,openat2,open,creat,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,mknod,mknodat,link,linkat,symlink,symlinkat,"
        + "mount,umount2,swapon,swapoff,truncate,ftruncate,fallocate,chmod,fchmod,fchmodat,chown,fchown,fchownat,setxattr,fsetxattr,write,pwrite64,writev,sync,fsync,fdatasync,fadvise64";

    private readonly string _file = Path.GetTempFileName();
    private string? _zram;

    public static TheoryData<string> Names => WhatIfTests.Names;

    public void Dispose()
    {
        foreach (string area in Areas.Where(File.Exists))
        {
            Live.Run("swapoff", area);
            File.Delete(area);
        }
        File.Delete(_file);
        if (_zram is not null)
        {
            ConsoleSession.Run("Remove-ZramSwap", _zram, "-Confirm:$false");
        }
    }

    private string[] Areas => [$"{_file}.area", $"{_file}.swap"];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_call_that_changes_anything_is_made(string name)
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Live.Run("sh", "-c", "command -v strace").Code == 0, "needs strace");
        File.WriteAllText(_file, "text");
        using Process sleep = Process.Start("sleep", "120");
        string log = Path.GetTempFileName();
        using OwnCgroup? group = ChangingCommands.Arguments.GetValueOrDefault(name, []).Contains("{cgroup}") && OwnCgroup.Obstacle is null ? new OwnCgroup() : null;
        try
        {
            if (name == "Undo-MemoryChange")
            {
                Assert.Equal(0, ConsoleSession.Run("Set-OomScoreAdj", "-Id", $"{sleep.Id}", "-Value", "222").Code);
            }
            if (name.Contains("Swap", StringComparison.Ordinal) && ChangingCommands.Arguments[name].Any(argument => argument.StartsWith("{file}.", StringComparison.Ordinal)))
            {
                Assert.SkipUnless(ConsoleSession.Run("New-SwapFile", Areas[0], "1MB").Code == 0, "no swap file can be made here");
                Assert.Equal(0, ConsoleSession.Run("New-SwapFile", Areas[1], "1MB", "-NoEnable").Code);
            }
            if (name == "Remove-ZramSwap")
            {
                (int made, string device) = ConsoleSession.Run("New-ZramSwap", "1MB", "-As", "Json");
                Assert.SkipUnless(made == 0, "there is no zram here");
                _zram = JsonDocument.Parse(device).RootElement.GetProperty("Name").GetString();
            }
            string file = _file;
            if (name == "Remove-HugePageMount")
            {
                file = Directory.CreateTempSubdirectory("linuxmemory-mount-").FullName;
                Assert.SkipUnless(Live.Run("mount", "-t", "hugetlbfs", "hugetlbfs", file).Code == 0, "hugetlbfs cannot be mounted here");
            }
            string[] arguments = ["-f", "-y", "-qq", "-o", log, "-e", "trace=" + Watched, .. ConsoleSession.Command,
                name, .. ChangingCommands.For(name, sleep.Id, file, group?.Path ?? ChangingCommands.Cgroup, _zram ?? "zram0"), "-WhatIf"];
            // The runtime's own helpers for debuggers would make files, too.
            (int code, string output) = Live.Run("env", ["DOTNET_EnableDiagnostics=0", "DOTNET_EnableWriteXorExecute=0", "DOTNET_TieredPGO=0", "strace", .. arguments]);

            Assert.True(code == 0, output);
            Assert.DoesNotContain(File.ReadLines(log), Changes);
        }
        finally
        {
            if (name == "Remove-HugePageMount")
            {
                foreach (string path in Directory.GetDirectories(Path.GetTempPath(), "linuxmemory-mount-*"))
                {
                    Live.Run("umount", path);
                    Directory.Delete(path);
                }
            }
            sleep.Kill();
            File.Delete(log);
        }
    }

    // Reading opens, what goes to the pipe or the terminal, and what the runtime writes to itself are no changes.
    private static bool Changes(string line)
    {
        string call = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart();
        if (call.StartsWith("<...", StringComparison.Ordinal) || call.StartsWith("---", StringComparison.Ordinal) || call.StartsWith("+++", StringComparison.Ordinal))
        {
            return false;
        }
        // The runtime names its threads.
        if (call.Contains("/comm", StringComparison.Ordinal) && call.Contains("/proc/", StringComparison.Ordinal))
        {
            return false;
        }
        if (call.StartsWith("open", StringComparison.Ordinal))
        {
            return (call.Contains("O_WRONLY", StringComparison.Ordinal) || call.Contains("O_RDWR", StringComparison.Ordinal) || call.Contains("O_CREAT", StringComparison.Ordinal))
                && !call.Contains("\"/dev/", StringComparison.Ordinal) && !call.Contains("ENOENT", StringComparison.Ordinal);
        }
        return !(call.StartsWith("write", StringComparison.Ordinal) && (call.Contains("<pipe:", StringComparison.Ordinal) || call.Contains("</dev/", StringComparison.Ordinal)
            || call.Contains("<anon_inode:", StringComparison.Ordinal) || call.Contains("<socket:", StringComparison.Ordinal)));
    }
}
