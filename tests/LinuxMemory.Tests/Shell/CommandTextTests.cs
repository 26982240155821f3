using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class CommandTextTests
{
    private static readonly int[] Ids = [1, 2];
    private static readonly string[] Names = ["a b", "sshd*"];

    [Fact]
    public void Arguments_are_written_as_another_session_reads_them() => Assert.Equal(
        "Set-X -Id 1,2 -Name 'a b',sshd* -Value -500 -Share 0.5 -Enabled $true -Path 'it''s'",
        Text(("Id", Ids), ("Name", Names), ("Value", -500), ("Share", 0.5), ("Enabled", true), ("Path", "it's")));

    [Fact]
    public void An_object_from_the_pipeline_is_named_by_its_process_or_its_id()
    {
        using GetProcessMemoryCommand command = new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2"), Id = [1] };
        using RecordingShell shell = CmdletRun.Run(command);
        object process = Assert.Single(shell.Output);

        Assert.Equal("Set-X -Id 1", Text(("InputObject", new object[] { process })));
        Assert.Equal("Set-X -Id 7", Text(("InputObject", new { Id = 7 })));
    }

    [Theory]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("", "''")]
    [InlineData("-x", "'-x'")]
    [InlineData("a;b", "'a;b'")]
    public void What_the_shell_would_read_otherwise_is_quoted(string text, string expected) => Assert.Equal(expected, CommandText.Quote(text));

    private static string Text(params (string Name, object Value)[] bound) =>
        CommandText.Of("Set-X", bound.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
}
