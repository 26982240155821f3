using LinuxMemory.Commands;

namespace LinuxMemory.Fixtures;

/// <summary>A shell that keeps what a cmdlet says, and answers its questions as the test decided.</summary>
public sealed class RecordingShell : IShell, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public List<object> Output { get; } = [];

    public List<MemoryError> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> VerboseLines { get; } = [];

    public List<string> ProgressLines { get; } = [];

    /// <summary>Each question of ShouldProcess as "target | action".</summary>
    public List<string> Questions { get; } = [];

    /// <summary>What ShouldProcess answers: false is -WhatIf.</summary>
    public bool Agrees { get; set; } = true;

    public bool IsForecast => !Agrees;

    /// <summary>What ShouldContinue answers.</summary>
    public bool Continues { get; set; } = true;

    /// <summary>Whether the user wants the command to end at the first error.</summary>
    public bool StopsOnError { get; set; }

    /// <summary>Called after each object, for tests that stop in the middle.</summary>
    public Action<object>? OnOutput { get; set; }

    public CancellationToken Stopping => _stopping.Token;

    public string? AsRoot => "sudo pwsh -c 'the command'";

    public void Cancel() => _stopping.Cancel();

    public void Write(object item)
    {
        Output.Add(item);
        OnOutput?.Invoke(item);
    }

    public void Error(MemoryError error) => Errors.Add(error);

    public Exception Stop(MemoryError error) => new StoppedException(error);

    public void Warn(string text) => Warnings.Add(text);

    public void Verbose(string text) => VerboseLines.Add(text);

    public void Progress(string activity, string status, int percent) => ProgressLines.Add($"{activity} | {status} | {percent}");

    public bool ShouldProcess(string target, string action)
    {
        Questions.Add($"{target} | {action}");
        return Agrees;
    }

    public bool ShouldContinue(string query, string caption)
    {
        Questions.Add($"{caption} | {query}");
        return Continues;
    }

    public string ResolvePath(string path) => Path.GetFullPath(path);

    public void Dispose() => _stopping.Dispose();
}

/// <summary>The command ended at a terminating error.</summary>
public sealed class StoppedException(MemoryError error) : Exception(error.Message)
{
    public MemoryError Error => error;
}
