using System.Management.Automation;
using System.Text;
using LinuxMemory.CommandLine;
using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

public class ConsoleShellTests
{
    private const string Forecast = "What if: Performing the operation \"Change a from 1 to 2\" on target \"/a\".\n";

    [Fact]
    public void What_if_says_what_would_be_done_and_does_not_do_it()
    {
        using Run run = new(new CommonParameters { WhatIf = true });

        Assert.False(run.Shell.ShouldProcess("/a", "Change a from 1 to 2"));
        Assert.Equal(Forecast, run.Output);
    }

    [Fact]
    public void What_if_stays_out_of_what_a_script_reads()
    {
        using Run run = new(new CommonParameters { WhatIf = true, As = OutputFormat.Json });

        Assert.False(run.Shell.ShouldProcess("/a", "Change a from 1 to 2"));
        Assert.Empty(run.Output);
        Assert.Equal(Forecast, run.Errors);
    }

    [Fact]
    public void A_grave_command_without_a_terminal_is_refused()
    {
        using Run run = new(new CommonParameters());

        Assert.Throws<CommandLine.StoppedException>(() => run.Shell.ShouldProcess("/a", "Change a from 1 to 2"));
        Assert.Contains($"[{ErrorIds.ConfirmationNeeded}]", run.Errors, StringComparison.Ordinal);
        Assert.True(run.Shell.HasFailed);
    }

    [Fact]
    public void A_grave_command_that_needs_no_confirmation_is_done()
    {
        using Run run = new(new CommonParameters { Confirm = false });

        Assert.True(run.Shell.ShouldProcess("/a", "Change a from 1 to 2"));
        Assert.True(run.Shell.ShouldProcessGrave("/a", "Change a from 1 to 2"));
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("what\nYES\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public void On_a_terminal_the_answer_counts(string input, bool answer)
    {
        using Run run = new(new CommonParameters(), input);

        Assert.Equal(answer, run.Shell.ShouldProcess("/a", "Change a from 1 to 2"));
    }

    [Theory]
    [InlineData("a\n", true)]
    [InlineData("l\n", false)]
    public void An_answer_to_all_is_not_asked_for_again(string input, bool answer)
    {
        using Run run = new(new CommonParameters(), input);

        Assert.Equal(answer, run.Shell.ShouldProcess("/a", "Change a from 1 to 2"));
        Assert.Equal(answer, run.Shell.ShouldProcess("/b", "Change b from 1 to 2"));
    }

    [Fact]
    public void The_line_as_root_is_quoted_for_sh()
    {
        using Run run = new(new CommonParameters());

        Assert.Equal("sudo /opt/linux\\ memory/x Set-Sample -Name 'it'\\''s'".Replace("/opt/linux\\ memory/x", "'/opt/linux memory/x'", StringComparison.Ordinal), run.Shell.AsRoot);
    }

    [Fact]
    public void An_error_is_named_with_its_id_and_counts()
    {
        using Run run = new(new CommonParameters());

        run.Shell.Error(Failure());

        Assert.Equal("Set-Sample: gone [ProcessNotFound]\n", run.Errors);
        Assert.True(run.Shell.HasFailed);
    }

    [Theory]
    [InlineData("SilentlyContinue", true)]
    [InlineData("Ignore", false)]
    public void A_silent_error_counts_and_an_ignored_one_does_not(string action, bool counts)
    {
        using Run run = new(new CommonParameters { ErrorAction = Enum.Parse<MessageAction>(action) });

        run.Shell.Error(Failure());

        Assert.Empty(run.Errors);
        Assert.Equal(counts, run.Shell.HasFailed);
    }

    [Fact]
    public void With_stop_the_first_error_ends_the_command()
    {
        using Run run = new(new CommonParameters { ErrorAction = MessageAction.Stop });

        Assert.Throws<CommandLine.StoppedException>(() => run.Shell.Error(Failure()));
    }

    [Fact]
    public void What_is_said_cannot_steer_the_terminal()
    {
        const string Name = "a\u001b]0;title\u0007\r\u009b2J\nb";
        using Run run = new(new CommonParameters { Verbose = true, Confirm = true }, "y\n");
        using Run forecast = new(new CommonParameters { WhatIf = true });

        run.Shell.Warn(Name);
        run.Shell.Verbose(Name);
        run.Shell.Error(ErrorRecords.Make(ErrorIds.ProcessNotFound, ErrorCategory.ObjectNotFound, Name, 1));
        run.Shell.ShouldProcess(Name, Name);
        forecast.Shell.ShouldProcess(Name, Name);

        Assert.DoesNotContain(run.Errors + run.Output + forecast.Output + forecast.Errors, letter => char.IsControl(letter) && letter != '\n');
        Assert.StartsWith("WARNING: a?]0;title???2J\nb\n", run.Errors, StringComparison.Ordinal);
    }

    private static MemoryError Failure() => ErrorRecords.Make(ErrorIds.ProcessNotFound, ErrorCategory.ObjectNotFound, "gone", 1);

    private sealed class Run : IDisposable
    {
        private readonly MemoryStream _output = new();
        private readonly StringWriter _errors = new();
        private readonly StringReader _input;
        private readonly CancellationTokenSource _stopping = new();
        private readonly OutputBuffer _buffer;

        public Run(CommonParameters common, string? input = null)
        {
            _input = new StringReader(input ?? "");
            ConsoleHost host = new()
            {
                Output = _output,
                Errors = _errors,
                Input = _input,
                Stopping = _stopping,
                CanAsk = input is not null,
                Executable = "/opt/linux memory/x",
            };
            _buffer = new OutputBuffer(host);
            ObjectOutput output = common.As == OutputFormat.Json ? new JsonOutput(_buffer) : new TextOutput(_buffer, host, common.As);
            Shell = new ConsoleShell(host, Command.From(typeof(SampleCommand)), common, output, ["Set-Sample", "-Name", "it's"]);
        }

        public ConsoleShell Shell { get; }

        public string Errors => _errors.ToString();

        public string Output
        {
            get
            {
                _buffer.Flush();
                return Encoding.UTF8.GetString(_output.ToArray());
            }
        }

        public void Dispose()
        {
            _buffer.Dispose();
            _stopping.Dispose();
            _input.Dispose();
            _errors.Dispose();
            _output.Dispose();
        }
    }
}
