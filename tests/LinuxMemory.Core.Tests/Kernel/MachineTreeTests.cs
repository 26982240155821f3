using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A tree that came from anywhere: no link leads out of it, and nothing in it can block or be opened as a device.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class MachineTreeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("linuxmemory-tree-").FullName;

    public MachineTreeTests()
    {
        Directory.CreateDirectory(Path.Join(_root, "etc"));
        Directory.CreateDirectory(Path.Join(_root, "proc/sys"));
        File.WriteAllText(Path.Join(_root, "etc/passwd"), "inside");
        File.WriteAllText(Path.Join(_root, "proc/file"), "text");
        foreach ((string link, string target) in new[]
        {
            ("proc/absolute", "/etc/passwd"), ("proc/upward", "../../../../../../etc/passwd"), ("proc/near", "file"), ("proc/chain", "near"),
            ("proc/loop", "loop2"), ("proc/loop2", "loop"), ("proc/out", "/etc/hostname"), ("proc/magic", "/proc/self/root/etc/passwd"),
            ("proc/directory", "sys"), ("proc/back", "sys/../file"), ("proc/root", "/"), ("proc/dangling", "nothing"), ("proc/top", "/.."),
        })
        {
            File.CreateSymbolicLink(Path.Join(_root, link), target);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("proc/file", "text")]
    [InlineData("proc/absolute", "inside")]
    [InlineData("proc/upward", "inside")]
    [InlineData("proc/chain", "text")]
    [InlineData("proc/back", "text")]
    [InlineData("proc/root/etc/passwd", "inside")]
    [InlineData("proc/top/etc/passwd", "inside")]
    [InlineData("../../../etc/passwd", "inside")]
    [InlineData("proc/directory/../file", "text")]
    public void Links_and_dots_stay_inside(string path, string text)
    {
        Assert.Equal(text, Machine.At(_root).ReadText(path));
    }

    [Theory]
    [InlineData("proc/loop", Errno.ELOOP)]
    [InlineData("proc/out", Errno.ENOENT)]
    [InlineData("proc/magic", Errno.ENOENT)]
    [InlineData("proc/dangling", Errno.ENOENT)]
    [InlineData("proc/directory", Errno.EISDIR)]
    [InlineData("proc/file/below", Errno.ENOTDIR)]
    public void What_leads_nowhere_inside_is_refused(string path, Errno errno)
    {
        Assert.Equal(errno, Assert.Throws<KernelException>(() => Machine.At(_root).ReadText(path)).Errno);
    }

    [Theory]
    [InlineData("proc/file")]
    [InlineData("proc/absolute")]
    [InlineData("proc/upward")]
    [InlineData("proc/chain")]
    [InlineData("proc/loop")]
    [InlineData("proc/out")]
    [InlineData("proc/magic")]
    [InlineData("proc/directory")]
    [InlineData("proc/back")]
    [InlineData("proc/root")]
    [InlineData("proc/root/etc/passwd")]
    [InlineData("proc/top/etc/passwd")]
    [InlineData("proc/dangling")]
    [InlineData("proc/file/below")]
    [InlineData("proc/file/.")]
    [InlineData("proc/file/..")]
    [InlineData("proc/file/")]
    [InlineData("proc//sys/./../file")]
    [InlineData("missing/..")]
    [InlineData("..")]
    [InlineData(".")]
    public void The_walk_by_hand_finds_what_openat2_finds(string path)
    {
        Assert.SkipUnless(Machine.Live.Calls.Has(ProbedCall.Openat2), "this kernel has no openat2");

        Assert.Equal(Answer(root => FileCalls.OpenInRoot(root, path, OpenFlags.PathOnly, path)!), Answer(root => RootedWalk.Open(root, path, OpenFlags.PathOnly)));
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_its_other_end()
    {
        using (Process make = Process.Start("mkfifo", Path.Join(_root, "proc/pipe")))
        {
            make.WaitForExit();
        }
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<KernelException>(() => Machine.At(_root).ReadText("proc/pipe")).Errno);
    }

    [Fact]
    public void A_device_is_refused()
    {
        using (Process make = Process.Start(new ProcessStartInfo("mknod", [Path.Join(_root, "proc/null"), "c", "1", "3"]) { RedirectStandardError = true })!)
        {
            make.WaitForExit();
            Assert.SkipUnless(make.ExitCode == 0, "making a device needs root");
        }
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<KernelException>(() => Machine.At(_root).ReadText("proc/null")).Errno);
    }

    [Theory]
    [InlineData("file", "text")]
    // Held open, the directory is the root: no link leads out of it.
    [InlineData("absolute", null)]
    [InlineData("chain", "text")]
    [InlineData("sys/../file", "text")]
    [InlineData("dangling", null)]
    [InlineData("nothing", null)]
    [InlineData("nothing/nothing", null)]
    [InlineData("out", null)]
    public void In_a_directory_that_is_held_open_the_same_holds(string path, string? text)
    {
        using KernelDirectory directory = Machine.At(_root).OpenDirectory("proc");
        using KernelReader? reader = directory.TryRead(path);

        Assert.Equal(text, reader?.ReadText());
    }

    [Theory]
    [InlineData("sys")]
    [InlineData("directory")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("loop")]
    [InlineData("pipe")]
    public void In_a_directory_that_is_held_open_what_is_no_file_is_refused(string path)
    {
        using (Process mkfifo = Process.Start("mkfifo", Path.Join(_root, "proc/pipe")))
        {
            mkfifo.WaitForExit();
        }
        using KernelDirectory directory = Machine.At(_root).OpenDirectory("proc");

        Assert.Throws<KernelException>(() => directory.TryRead(path));
    }

    [Fact]
    public void Only_directories_are_listed_as_such_and_no_links()
    {
        using KernelDirectory directory = Machine.At(_root).OpenDirectory("proc");
        Assert.Equal(["sys"], directory.ListDirectories());

        using KernelDirectory empty = Machine.At(_root).OpenDirectory("proc/sys");
        Assert.Empty(empty.ListDirectories());
    }

    [Fact]
    public void No_call_reaches_this_computers_kernel()
    {
        SystemCalls calls = Machine.At(_root).Calls;

        Assert.Throws<NeedsLiveMachineException>(() => calls.PageSize);
        Assert.Throws<NeedsLiveMachineException>(() => calls.EffectiveUserId);
        Assert.Throws<NeedsLiveMachineException>(() => calls.Has(ProbedCall.Cachestat));
        Assert.Throws<NeedsLiveMachineException>(() => calls.ProbePageScan());
        Assert.Throws<NeedsLiveMachineException>(() => calls.ProbeWritable("proc/file"));
    }

    [Fact]
    public void A_file_that_its_mode_forbids_is_denied_and_not_absent()
    {
        Assert.SkipWhen(Machine.Live.Calls.EffectiveUserId == 0, "root may read everything");
        File.SetUnixFileMode(Path.Join(_root, "proc/file"), UnixFileMode.None);

        Assert.True(Assert.Throws<KernelException>(() => Machine.At(_root).TryReadText("proc/file")).IsDenied);
    }

    private string Answer(Func<KernelFile, KernelFile> open)
    {
        using KernelFile root = FileCalls.Open(_root, OpenFlags.PathOnly | OpenFlags.Directory);
        try
        {
            using KernelFile found = open(root);
            return new FileInfo($"/proc/self/fd/{found.Number}").LinkTarget!;
        }
        catch (KernelException e)
        {
            return e.Errno.ToString();
        }
    }
}
