using LinuxMemory.CommandLine;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class ConsoleProgramTests
{
    private const string Captured = "6.12.117+deb12-amd64-numa2";

    [Fact]
    public void Writes_one_json_object_a_line()
    {
        ConsoleRun run = ConsoleRun.Of("get-meminfo", "-Root", Fixture.PathOf(Captured), "-MaxSamples", "2", "-SampleInterval", "0.01", "-As", "Json");

        Assert.Equal(ConsoleProgram.Done, run.ExitCode);
        Assert.Equal(2, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void The_devices_of_a_group_stand_below_each_other()
    {
        string output = ConsoleRun.Of("Get-IommuGroup", "-Root", Fixture.PathOf("6.12.117+deb12-amd64-iommu")).Output;

        Assert.DoesNotContain("?", output, StringComparison.Ordinal);
        Assert.Contains("\n                0000:02:01.0 ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_gives_1_and_its_id()
    {
        ConsoleRun run = ConsoleRun.Of("Get-MemInfo", "-Root", "/no/such/place");

        Assert.Equal(ConsoleProgram.Failed, run.ExitCode);
        Assert.Contains($"[{ErrorIds.RootInvalid}]", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void The_first_column_is_shown_however_narrow_the_terminal_is(int width)
    {
        ConsoleRun run = ConsoleRun.Of(host => host with { Width = width }, "Get-SwapArea", "-Root", Fixture.PathOf("6.12.117+deb12-amd64-swap"));

        Assert.Equal(ConsoleProgram.Done, run.ExitCode);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width));
        Assert.Equal(5, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void An_error_stream_that_is_closed_or_full_does_not_end_the_program()
    {
        using ErrorOutput full = new(new StreamWriter(File.OpenWrite("/dev/full")) { AutoFlush = true });
        using ErrorOutput closed = new(new ClosedWriter());

        Assert.Equal(ConsoleProgram.Misused, ConsoleRun.Of(host => host with { Errors = full }, "Get-Nothing").ExitCode);
        Assert.Equal(ConsoleProgram.Misused, ConsoleRun.Of(host => host with { Errors = closed }, "Get-Nothing").ExitCode);
    }

    [Theory]
    [InlineData("Get-Nothing")]
    [InlineData("GetMemInfo")]
    [InlineData("MemInfo")]
    [InlineData("Get-MemInfo", "-MaxSamples", "0")]
    [InlineData("Get-MemInfo", "surplus")]
    [InlineData("Get-MemInfo", "-WhatIf")]
    public void A_wrong_command_line_gives_2_and_writes_nothing(params string[] arguments)
    {
        ConsoleRun run = ConsoleRun.Of(arguments);

        Assert.Equal(ConsoleProgram.Misused, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public void A_misspelt_cmdlet_is_corrected() =>
        Assert.Contains("Get-MemInfo", ConsoleRun.Of("Get-Meminfos").Errors, StringComparison.Ordinal);

    [Fact]
    public void Ctrl_C_ends_sampling_with_130()
    {
        ConsoleRun run = ConsoleRun.Of(host =>
        {
            host.Stopping.CancelAfter(200);
            return host;
        }, "Get-MemInfo", "-Root", Fixture.PathOf(Captured), "-Continuous");

        Assert.Equal(ConsoleProgram.Interrupted, run.ExitCode);
        Assert.NotEmpty(run.Output);
    }

    [Fact]
    public void Ctrl_C_ends_a_question_with_130_and_nothing_is_changed()
    {
        using TemporaryTree tree = new();
        tree.Write("proc/sys/vm/swappiness", "60\n");
        using WaitingReader terminal = new();

        ConsoleRun run = ConsoleRun.Of(host =>
        {
            host.Stopping.CancelAfter(200);
            return host with { Input = terminal, CanAsk = true };
        }, "Set-MemorySetting", "vm.swappiness", "10", "-Persist", "-Confirm", "-Root", tree.Root);
        terminal.Answer();

        Assert.Equal(ConsoleProgram.Interrupted, run.ExitCode);
        Assert.Contains("Are you sure", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tree.PathOf("etc")));
    }

    [Fact]
    public void A_reader_that_goes_away_ends_the_command_quietly()
    {
        using Stream closed = new ClosedPipe();

        ConsoleRun run = ConsoleRun.Of(host => host with { Output = closed }, "Get-MemInfo", "-Root", Fixture.PathOf(Captured), "-Continuous", "-SampleInterval", "0.01");

        Assert.Equal(ConsoleProgram.Done, run.ExitCode);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void An_output_that_the_caller_closed_is_said_in_one_line()
    {
        using Stream closed = new ClosedDescriptor();

        ConsoleRun run = ConsoleRun.Of(host => host with { Output = closed }, "Get-MemInfo", "-Root", Fixture.PathOf(Captured));

        Assert.Equal(ConsoleProgram.Failed, run.ExitCode);
        Assert.Equal("linuxmemory: the output cannot be written: Bad file descriptor", run.Errors.Trim());
    }

    [Fact]
    public void Help_lists_every_cmdlet()
    {
        string help = ConsoleRun.Of("--help").Output;

        Assert.All(CommandTable.All, command => Assert.Contains(command.Name, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-MemInfo", "--help")]
    [InlineData("Get-MemInfo", "-MaxSamples", "-?")]
    [InlineData("--help", "get-meminfo")]
    public void Help_on_a_cmdlet_shows_its_syntax(params string[] arguments)
    {
        ConsoleRun run = ConsoleRun.Of(arguments);

        Assert.Equal(ConsoleProgram.Done, run.ExitCode);
        Assert.Contains("Get-MemInfo [-SampleInterval <double>]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_leaves_out_columns_that_do_not_fit()
    {
        ConsoleRun run = ConsoleRun.Of(host => host with { Width = 30 }, "Get-MemInfo", "-Root", Fixture.PathOf(Captured), "-As", "Table");

        Assert.Equal("Time         Total      Used", run.Output.Split('\n')[0]);
    }

    private sealed class ClosedDescriptor : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new UnauthorizedAccessException("Access to the path is denied.", new IOException("Bad file descriptor"));
    }

    private sealed class ClosedPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", 32);
    }

    private sealed class WaitingReader : TextReader
    {
        private readonly TaskCompletionSource _answer = new();

        public void Answer() => _answer.SetResult();

        public override string? ReadLine()
        {
            _answer.Task.Wait();
            return "y";
        }
    }

    private sealed class ClosedWriter : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new UnauthorizedAccessException("Access to the path is denied.");
    }
}
