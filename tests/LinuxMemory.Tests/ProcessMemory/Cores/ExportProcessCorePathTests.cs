using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>A program can give itself any name; {name} in the path never leads into another directory.</summary>
public class ExportProcessCorePathTests
{
    [Theory]
    [InlineData("memtool", "/srv/cores/memtool/core")]
    [InlineData("a/b", "/srv/cores/a_b/core")]
    [InlineData("..", "/srv/cores/_./core")]
    [InlineData("..\\..\\etc", "/srv/cores/_._.._etc/core")]
    [InlineData("~", "/srv/cores/~/core")]
    [InlineData("a\u001b[2Jb", "/srv/cores/a_[2Jb/core")]
    [InlineData("{name}{id}", "/srv/cores/{name}{id}/core")]
    public void A_name_stays_in_its_place(string name, string path)
    {
        using TemporaryTree tree = new();
        string stat = File.ReadAllText(Path.Join(Fixture.PathOf("6.12.117+deb12-amd64-hugepages"), "proc/221/stat"));
        tree.Write("proc/221/stat", stat.Replace("(memtool)", $"({name})", StringComparison.Ordinal));
        tree.Write("proc/221/cmdline", "");
        using RecordingShell shell = new() { Agrees = false };
        using ExportProcessCoreCommand command = new() { Root = tree.Root, Id = [221], Path = "/srv/cores/{name}/core" };

        CmdletRun.Run(command, shell);

        Assert.Empty(shell.Errors);
        Assert.StartsWith($"{path} | ", Assert.Single(shell.Questions), StringComparison.Ordinal);
    }
}
