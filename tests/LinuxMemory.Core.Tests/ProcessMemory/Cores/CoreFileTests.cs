using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>The file of a core on file systems that lack what ext4 has: files without names, links, renaming that never replaces.</summary>
public sealed class CoreFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-corefile-").FullName;
    private readonly List<string> _calls = [];

    private string Core => Path.Join(_folder, "core");

    private string Draft => Core + ".partial";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What NFS, FAT and a FUSE without either answer.</summary>
    [Theory]
    [InlineData("O_TMPFILE linkat")]
    [InlineData("O_TMPFILE linkat renameat2", "linkat:EPERM")]
    [InlineData("O_TMPFILE linkat renameat2", "linkat:EOPNOTSUPP", "renameat2:EINVAL")]
    [InlineData("O_TMPFILE linkat renameat2", "linkat:EPERM", "renameat2:ENOSYS")]
    public void It_is_called_partial_until_it_is_finished(string calls, params string[] refused)
    {
        using (CoreFile file = CoreFile.Create(Without(refused), Core))
        {
            Assert.Equal([Draft], Directory.GetFiles(_folder));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Draft));
            FileCalls.WriteAt(file.File, "whole"u8, 0);

            file.Finish();
        }

        Assert.Equal([Core], Directory.GetFiles(_folder));
        Assert.Equal("whole", File.ReadAllText(Core));
        Assert.Equal(calls, string.Join(' ', _calls));
    }

    [Fact]
    public void Nothing_is_left_of_one_that_is_not_finished()
    {
        CoreFile.Create(Without([]), Core).Dispose();

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_has_its_unfinished_name_is_not_touched(bool isLink)
    {
        string mine = Path.Join(_folder, "mine");
        File.WriteAllText(mine, "mine");
        if (isLink)
        {
            File.CreateSymbolicLink(Draft, mine);
        }
        else
        {
            File.Move(mine, Draft);
        }

        KernelException e = Assert.Throws<KernelException>(() => CoreFile.Create(Without([]), Core));

        Assert.Equal((Errno.EEXIST, Draft), (e.Errno, e.Target));
        Assert.Equal("mine", File.ReadAllText(Draft));
        Assert.False(File.Exists(Core));
    }

    [Theory]
    [InlineData("linkat")]
    [InlineData("renameat2", "linkat:EPERM")]
    [InlineData("renameat2", "linkat:EPERM", "renameat2:EINVAL")]
    public void What_got_its_name_meanwhile_stays(string call, params string[] refused)
    {
        Machine machine = Without(refused, (call, () => File.WriteAllText(Core, "mine")));

        using (CoreFile file = CoreFile.Create(machine, Core))
        {
            KernelException e = Assert.Throws<KernelException>(file.Finish);
            Assert.Equal((Errno.EEXIST, Core), (e.Errno, e.Target));
        }

        Assert.Equal([Core], Directory.GetFiles(_folder));
        Assert.Equal("mine", File.ReadAllText(Core));
    }

    [Fact]
    public void What_took_the_unfinished_name_gets_no_other_and_stays()
    {
        using (CoreFile file = CoreFile.Create(Without(["linkat:EPERM"]), Core))
        {
            File.Delete(Draft);
            File.WriteAllText(Draft, "mine");
            KernelException e = Assert.Throws<KernelException>(file.Finish);
            Assert.Equal((Errno.ENOENT, Draft), (e.Errno, e.Target));
        }

        Assert.Equal([Draft], Directory.GetFiles(_folder));
        Assert.Equal("mine", File.ReadAllText(Draft));
    }

    // A server that repeats a link it made already: the answer to the first was lost.
    [Fact]
    public void Its_own_name_is_no_obstacle()
    {
        string[] names = [];
        using (CoreFile file = CoreFile.Create(Without([], ("linkat", () => Assert.Equal(0, Live.Run("ln", Draft, Core).Code))), Core))
        {
            file.Finish();
            names = Directory.GetFiles(_folder);
        }

        Assert.Equal([Core], names);
    }

    private Machine Without(IReadOnlyList<string> refused, (string Call, Action Do)? before = null) => WatchedMachine.Over(_folder, step =>
    {
        if (step is not ("O_TMPFILE" or "linkat" or "renameat2"))
        {
            return;
        }
        _calls.Add(step);
        if (step == before?.Call)
        {
            before.Value.Do();
        }
        string? refusal = step == "O_TMPFILE" ? "O_TMPFILE:EOPNOTSUPP" : refused.FirstOrDefault(text => text.StartsWith(step + ":", StringComparison.Ordinal));
        if (refusal is not null)
        {
            throw new KernelException(Enum.Parse<Errno>(refusal.Split(':')[1]), step, "it");
        }
    });
}
