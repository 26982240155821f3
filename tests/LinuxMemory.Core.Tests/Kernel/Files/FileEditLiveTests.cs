using System.Diagnostics;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class FileEditLiveTests : IDisposable
{
    private const string Conf = "etc/loop.conf";
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_session_killed_at_any_moment_leaves_the_old_file_or_the_new_one()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        const int kills = 200;
        Random random = new(20260131);
        string loop = Checkout.Path("tests", "EditLoop", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "LinuxMemory.EditLoop.dll");
        int drafts = 0;
        _tree.Write(Conf, new string('1', 40_000) + "\n");
        for (int i = 0; i < kills; i++)
        {
            ProcessStartInfo start = new("dotnet", [loop, _tree.Root]) { RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            Assert.Equal("begun", process.StandardOutput.ReadLine());
            Thread.Sleep(TimeSpan.FromMilliseconds(random.NextDouble() * 5));
            process.Kill();
            process.WaitForExit();

            string text = _tree.Read(Conf);
            Assert.True(text == new string('1', 40_000) + "\n" || text == new string('2', 9_000) + "\n", $"kill {i}: {text.Length} bytes");
            drafts += Directory.GetFileSystemEntries(_tree.PathOf("etc")).Length - 1;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{drafts} of {kills} kills left a draft");
        Assert.True(drafts > 0, "no kill came between making the draft and renaming it");
        _tree.Machine.Edit(Conf, _ => "end\n"u8.ToArray());
        Assert.Equal([_tree.PathOf(Conf)], Directory.GetFileSystemEntries(_tree.PathOf("etc")));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string old = new('x', 20_000);
        OnTmpfs("size=32k", () =>
        {
            _tree.Write(Conf, old);

            KernelException e = Assert.Throws<KernelException>(() => _tree.Machine.Edit(Conf, _ => new byte[25_000]));

            Assert.Equal(Errno.ENOSPC, e.Errno);
            Assert.Equal(old, _tree.Read(Conf));
            Assert.Single(Directory.GetFileSystemEntries(_tree.PathOf("etc")));
        });
    }

    [Fact]
    public void A_read_only_place_leaves_the_old_file()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        OnTmpfs("size=1m", () =>
        {
            _tree.Write(Conf, "old\n");
            Assert.Equal(0, Live.Run("mount", "-o", "remount,ro", _tree.PathOf("etc")).Code);

            KernelException e = Assert.Throws<KernelException>(() => _tree.Machine.Edit(Conf, _ => "new\n"u8.ToArray()));

            Assert.Equal(Errno.EROFS, e.Errno);
            Assert.Equal("old\n", _tree.Read(Conf));
        });
    }

    [Fact]
    public void Owner_and_attributes_stay()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string file = _tree.Write(Conf, "old\n");
        Live.Run("chown", "1234:4321", file);

        _tree.Machine.Edit(Conf, _ => "new\n"u8.ToArray());

        Assert.Equal("1234:4321\n", Live.Run("stat", "-c", "%u:%g", file).Output);
        Assert.Equal("new\n", _tree.Read(Conf));
    }

    private void OnTmpfs(string options, Action test)
    {
        string place = _tree.PathOf("etc");
        Directory.CreateDirectory(place);
        Assert.Equal(0, Live.Run("mount", "-t", "tmpfs", "-o", options, "none", place).Code);
        try
        {
            test();
        }
        finally
        {
            Live.Run("umount", place);
        }
    }
}
