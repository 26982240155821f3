using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Forwards to the PowerShell that runs the cmdlet.</summary>
internal sealed class PowerShellShell(PSCmdlet cmdlet, CancellationToken stopping) : IShell
{
    public CancellationToken Stopping => stopping;

    public string? AsRoot
    {
        get
        {
            InvocationInfo? invocation = cmdlet.MyInvocation;
            if (invocation?.MyCommand is null)
            {
                return null;
            }
            // root does not have the user's module path, so the module is named where it was loaded from.
            string manifest = CommandText.Quote(Path.Join(invocation.MyCommand.Module?.ModuleBase, "LinuxMemory.psd1"));
            return $"sudo pwsh -c {Quote($"Import-Module {manifest}; {CommandText.Of(invocation.MyCommand.Name, invocation.BoundParameters)}")}";
        }
    }

    public void Write(object item) => cmdlet.WriteObject(item);

    public void Error(MemoryError error) => cmdlet.WriteError(Record(error));

    public Exception Stop(MemoryError error)
    {
        cmdlet.ThrowTerminatingError(Record(error));
        return new MemoryErrorException(error);
    }

    public void Warn(string text) => cmdlet.WriteWarning(MessageText.Of(text));

    public void Verbose(string text) => cmdlet.WriteVerbose(MessageText.Of(text));

    public void Progress(string activity, string status, int percent) => cmdlet.WriteProgress(new ProgressRecord(0, activity, MessageText.Of(status))
    {
        PercentComplete = percent,
        RecordType = percent >= 100 ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });

    public bool ShouldProcess(string target, string action) => cmdlet.ShouldProcess(MessageText.Of(target), MessageText.Of(action));

    public bool IsForecast => string.Equals("True", (cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? bound)
        ? bound
        : cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"))?.ToString(), StringComparison.Ordinal);

    public bool StopsOnError => Preference("ErrorAction", "ErrorActionPreference", ActionPreference.Continue) == ActionPreference.Stop;

    public bool ShouldProcessGrave(string target, string action)
    {
        if (!ShouldProcess(target, action))
        {
            return false;
        }
        // PowerShell compares one impact for the whole cmdlet with the preference; whoever named -Confirm has been heard.
        bool isHeard = cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm")
            || Preference("Confirm", "ConfirmPreference", ConfirmImpact.High) != ConfirmImpact.High;
        return isHeard || ShouldContinue($"{action}?", target);
    }

    public bool ShouldContinue(string query, string caption) => cmdlet.ShouldContinue(MessageText.Of(query), MessageText.Of(caption));

    public string ResolvePath(string path)
    {
        string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" && resolved.Length > 0 && !resolved.Contains('\0', StringComparison.Ordinal) ? resolved
            : throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.PathInvalid, ErrorCategory.InvalidArgument,
                $"'{path}' is no path of a file or directory.", path));
    }

    private T Preference<T>(string parameter, string variable, T fallback)
        where T : struct, Enum
    {
        object? value = cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? bound)
            ? bound
            : cmdlet.SessionState.PSVariable.GetValue(variable);
        return value is T known ? known : Enum.TryParse(value?.ToString(), ignoreCase: true, out T parsed) ? parsed : fallback;
    }

    private static ErrorRecord Record(MemoryError error)
    {
        // The record shows the exception's message, and ours says more than the bare errno.
        Exception shown = error.Message == error.Exception.Message ? error.Exception : new MemoryErrorException(error);
        return new ErrorRecord(shown, error.Id, error.Category, error.Target)
        {
            ErrorDetails = new ErrorDetails(MessageText.Of(error.Message)),
        };
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
