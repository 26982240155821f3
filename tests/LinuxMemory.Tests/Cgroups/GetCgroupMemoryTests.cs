using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class GetCgroupMemoryTests
{
    private const string Captured = "6.12.117+deb12-amd64-cgroup2-oom";

    [Theory]
    [InlineData(null, false, "/")]
    [InlineData(null, true, "/ /app.slice /app.slice/worker.service")]
    [InlineData("app.slice", false, "/app.slice")]
    [InlineData("/app.slice/", true, "/app.slice /app.slice/worker.service")]
    [InlineData("/sys/fs/cgroup/app.slice", false, "/app.slice")]
    [InlineData("app.slice/*", false, "/app.slice/worker.service")]
    [InlineData("*/W*", false, "/app.slice/worker.service")]
    [InlineData("nothing*", false, "")]
    public void Finds_groups_by_path_by_pattern_and_below(string? path, bool recurse, string expected)
    {
        using RecordingShell shell = Run(path, recurse);

        Assert.Empty(shell.Errors);
        Assert.Equal(expected, string.Join(' ', shell.Output.Cast<CgroupMemory>().Select(group => group.Path)));
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("app.slice/absent")]
    [InlineData("../app.slice")]
    [InlineData("app.slice/../../../../proc")]
    public void A_group_that_is_not_there_is_an_error(string path)
    {
        using RecordingShell shell = Run(path, recurse: true);

        Assert.Empty(shell.Output);
        Assert.Equal((ErrorIds.CgroupNotFound, (object)path), (Assert.Single(shell.Errors).Id, shell.Errors[0].Target));
    }

    [Fact]
    public void Without_a_cgroup_file_system_there_is_an_error()
    {
        using TemporaryTree tree = new();
        Directory.CreateDirectory(tree.PathOf("proc"));
        using GetCgroupMemoryCommand get = new() { Root = tree.Root };
        using RecordingShell shell = CmdletRun.Run(get);

        Assert.Equal(ErrorIds.CgroupUnavailable, Assert.Single(shell.Errors).Id);
    }

    [Theory]
    [InlineData("", "app.slice")]
    [InlineData("APP", "app.slice")]
    [InlineData("app.slice/", "app.slice/worker.service")]
    [InlineData("'/app.slice/w", "/app.slice/worker.service")]
    [InlineData("x", "")]
    public void Completes_one_step_at_a_time(string word, string expected)
    {
        Kernel.Machine machine = Fixture.Machine(Captured);

        Assert.Equal(expected, string.Join(' ', new CgroupCompleter().Complete(machine, new TypedCommand(word)).Select(offer => offer.Text)));
    }

    [Fact]
    public void Completion_quotes_what_a_command_line_would_split()
    {
        using TemporaryTree tree = new();
        tree.Write("proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        tree.Write("sys/fs/cgroup/it's here/cgroup.procs", "");

        Completion offer = Assert.Single(new CgroupCompleter().Complete(tree.Machine, new TypedCommand("it")));

        Assert.Equal("'it''s here'", offer.Text);
    }

    [Theory]
    [InlineData("/short", "/short")]
    [InlineData("/kubepods.slice/kubepods-burstable.slice/cri-1.scope", "…burstable.slice/cri-1.scope")]
    public void A_long_path_shows_its_end(string path, string expected) => Assert.Equal(expected, CgroupText.Path(path));

    private static RecordingShell Run(string? path, bool recurse)
    {
        using GetCgroupMemoryCommand get = new() { Root = Fixture.PathOf(Captured), Path = path is null ? null : [path] };
        if (recurse)
        {
            get.Switches.Add("Recurse");
        }
        return CmdletRun.Run(get);
    }
}
