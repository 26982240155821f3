using System.Management.Automation;
using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>The shell of a cmdlet where PowerShell is not: objects to the output, all else to the error stream.</summary>
internal sealed class ConsoleShell(ConsoleHost host, Command command, CommonParameters common, ObjectOutput output, IReadOnlyList<string> arguments) : IShell
{
    private readonly Questions _questions = new(host);
    private bool _showsProgress;

    public CancellationToken Stopping => host.Stopping.Token;

    /// <summary>An item failed.</summary>
    public bool HasFailed { get; private set; }

    public string? AsRoot => $"sudo {string.Join(' ', arguments.Prepend(host.Executable).Select(ShellQuote.Of))}";

    public void Write(object item)
    {
        EndProgress();
        output.Write(item);
    }

    public void Error(MemoryError error)
    {
        if (common.ErrorAction == MessageAction.Stop)
        {
            throw Stop(error);
        }
        HasFailed |= common.ErrorAction != MessageAction.Ignore;
        if (common.ErrorAction == MessageAction.Continue)
        {
            Report(error);
        }
    }

    public Exception Stop(MemoryError error)
    {
        HasFailed = true;
        Report(error);
        return new StoppedException(error.Message);
    }

    public void Warn(string text)
    {
        if (common.WarningAction is MessageAction.Continue or MessageAction.Stop)
        {
            Say($"WARNING: {text}");
        }
        if (common.WarningAction == MessageAction.Stop)
        {
            HasFailed = true;
            throw new StoppedException(text);
        }
    }

    public void Verbose(string text)
    {
        if (common.Verbose)
        {
            Say($"VERBOSE: {text}");
        }
    }

    public void Progress(string activity, string status, int percent)
    {
        if (!host.CanAsk)
        {
            return;
        }
        string line = MessageText.Of($"{activity}: {status} ({percent} %)");
        host.Errors.Write($"\r{line[..Math.Min(line.Length, host.Width - 1)]}\e[K");
        _showsProgress = true;
        if (percent >= 100)
        {
            EndProgress();
        }
    }

    public bool IsForecast => common.WhatIf;

    public bool ShouldProcess(string target, string action) => Ask(target, action, command.AsksUnasked);

    public bool ShouldProcessGrave(string target, string action) => Ask(target, action, isGrave: true);

    public bool StopsOnError => common.ErrorAction == MessageAction.Stop;

    public bool ShouldContinue(string query, string caption)
    {
        EndProgress();
        return host.CanAsk ? _questions.Ask(caption, query, canAnswerAll: false) : throw Unanswered(query);
    }

    public string ResolvePath(string path) => Path.GetFullPath(path);

    /// <summary>Takes a half-written line of progress away.</summary>
    public void EndProgress()
    {
        if (_showsProgress)
        {
            host.Errors.Write("\r\e[K");
            _showsProgress = false;
        }
    }

    private bool Ask(string target, string action, bool isGrave)
    {
        EndProgress();
        if (common.WhatIf)
        {
            string forecast = MessageText.Of($"What if: Performing the operation \"{action}\" on target \"{target}\".");
            if (!output.TryWriteLine(forecast))
            {
                Say(forecast);
            }
            return false;
        }
        if (!(common.Confirm ?? isGrave))
        {
            Verbose($"Performing the operation \"{action}\" on target \"{target}\".");
            return true;
        }
        string query = $"Performing the operation \"{action}\" on target \"{target}\".";
        return host.CanAsk ? _questions.Ask("Are you sure you want to perform this action?", query, canAnswerAll: true)
            : throw Unanswered(query);
    }

    private Exception Unanswered(string query) => Stop(ErrorRecords.Make(ErrorIds.ConfirmationNeeded, ErrorCategory.OperationStopped,
        $"This must be confirmed and there is no terminal to ask on: {query} "
            + (command.CanAsk ? "Add -Confirm:$false, or -Force where the cmdlet has it, to do it without a question." : "Run it on a terminal."), null));

    private void Report(MemoryError error) => Say($"{command.Name}: {error.Message} [{error.Id}]");

    private void Say(string text)
    {
        EndProgress();
        host.Errors.WriteLine(MessageText.Of(text));
    }
}
