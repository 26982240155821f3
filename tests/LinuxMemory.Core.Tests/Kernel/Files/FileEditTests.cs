using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Collection(nameof(StartsProcesses))]
public sealed class FileEditTests : IDisposable
{
    private const string Conf = "etc/linuxmemory.conf";
    private static readonly byte[] New = "new\n"u8.ToArray();
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Mode_stays_and_no_draft_is_left()
    {
        string file = _tree.Write(Conf, "old\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.True(_tree.Machine.Edit(Conf, _ => New));

        Assert.Equal("new\n", _tree.Read(Conf));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        Assert.Equal(["linuxmemory.conf"], Names());
    }

    [Fact]
    public void Nothing_to_change_leaves_the_same_file()
    {
        string file = _tree.Write(Conf, "old\n");
        DateTime written = File.GetLastWriteTimeUtc(file);

        Assert.False(_tree.Machine.Edit(Conf, bytes => bytes));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.Equal(["linuxmemory.conf"], Names());
    }

    [Fact]
    public void A_link_inside_the_same_place_stays_and_its_target_is_changed()
    {
        _tree.Write("etc/real.conf", "old\n");
        Directory.CreateDirectory(_tree.PathOf("etc/d"));
        File.CreateSymbolicLink(_tree.PathOf("etc/d/x.conf"), "../real.conf");

        _tree.Machine.Edit("etc/d/x.conf", _ => New);

        Assert.Equal("new\n", _tree.Read("etc/real.conf"));
        Assert.Equal("../real.conf", new FileInfo(_tree.PathOf("etc/d/x.conf")).LinkTarget);
    }

    [Theory]
    [InlineData("../home/me")]
    [InlineData("/home/me")]
    [InlineData("nowhere")]
    public void A_link_to_another_place_is_refused(string target)
    {
        _tree.Write("home/me", "old\n");
        Directory.CreateDirectory(_tree.PathOf("etc"));
        File.CreateSymbolicLink(_tree.PathOf(Conf), target);

        Assert.Throws<FileLeftAloneException>(() => _tree.Machine.Edit(Conf, _ => New));
        Assert.Equal("old\n", _tree.Read("home/me"));
    }

    [Fact]
    public void Hard_links_stay_together()
    {
        string file = _tree.Write(Conf, "a long old text\n");
        Link(file, _tree.PathOf("etc/other"));

        _tree.Machine.Edit(Conf, _ => New);
        Assert.Equal(("new\n", "new\n"), (_tree.Read(Conf), _tree.Read("etc/other")));

        _tree.Machine.Edit(Conf, _ => "a much longer text than before\n"u8.ToArray());
        Assert.Equal(_tree.Read(Conf), _tree.Read("etc/other"));
    }

    [Fact]
    public void A_large_file_with_hard_links_is_left_alone()
    {
        string text = new('x', 5000);
        string file = _tree.Write(Conf, text);
        Link(file, _tree.PathOf("etc/other"));

        Assert.Throws<FileLeftAloneException>(() => _tree.Machine.Edit(Conf, _ => New));
        Assert.Equal(text, _tree.Read(Conf));
    }

    [Fact]
    public void A_draft_that_a_killed_session_left_is_removed()
    {
        _tree.Write(Conf, "old\n");
        _tree.Write($"etc/{FileEdit.DraftName("linuxmemory.conf")}", "half a fi");

        _tree.Machine.Edit(Conf, _ => New);

        Assert.Equal("new\n", _tree.Read(Conf));
        Assert.Equal(["linuxmemory.conf"], Names());
    }

    [Fact]
    public void Sessions_beside_each_other_lose_no_line()
    {
        _tree.Write(Conf, "");
        Parallel.For(0, 8, session =>
        {
            for (int i = 0; i < 20; i++)
            {
                _tree.Machine.Edit(Conf, bytes => [.. bytes!, (byte)('a' + session), (byte)'\n']);
            }
        });

        Assert.Equal(160, File.ReadAllLines(_tree.PathOf(Conf)).Length);
        Assert.Equal(["linuxmemory.conf"], Names());
    }

    [Fact]
    public void An_exception_in_the_edit_leaves_all_as_it_was()
    {
        _tree.Write(Conf, "old\n");

        Assert.Throws<InvalidOperationException>(() => _tree.Machine.Edit(Conf, _ => throw new InvalidOperationException()));

        Assert.Equal("old\n", _tree.Read(Conf));
        Assert.Equal(["linuxmemory.conf"], Names());
    }

    private IEnumerable<string> Names() => Directory.GetFileSystemEntries(_tree.PathOf("etc")).Select(path => Path.GetFileName(path)!);

    private static void Link(string from, string to)
    {
        using System.Diagnostics.Process ln = System.Diagnostics.Process.Start("ln", [from, to]);
        ln.WaitForExit();
    }
}
