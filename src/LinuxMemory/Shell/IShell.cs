namespace LinuxMemory.Commands;

/// <summary>What a cmdlet may ask of whoever runs it: PowerShell, the Console or a test.</summary>
public interface IShell
{
    /// <summary>Cancelled when the user stops the pipeline.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Hands an object to the pipeline as soon as it is known.</summary>
    void Write(object item);

    /// <summary>Reports an item that failed; the pipeline goes on.</summary>
    void Error(MemoryError error);

    /// <summary>Reports what ends the command. Does not return.</summary>
    Exception Stop(MemoryError error);

    /// <summary>Says what the user should know although nothing failed.</summary>
    void Warn(string text);

    /// <summary>Says what a curious user may want to know.</summary>
    void Verbose(string text);

    /// <summary>Shows how far a long piece of work is; a percent of 100 ends it.</summary>
    void Progress(string activity, string status, int percent);

    /// <summary>Asks whether to do what changes the machine; false under -WhatIf.</summary>
    bool ShouldProcess(string target, string action);

    /// <summary>The same for a change that is asked about even where the command's other changes are not, because it can do harm.</summary>
    bool ShouldProcessGrave(string target, string action) => ShouldProcess(target, action);

    /// <summary>Asks a question beyond -Confirm, for what is dangerous.</summary>
    bool ShouldContinue(string query, string caption);

    /// <summary>The absolute path that a user's path means, with the shell's current directory and drives.</summary>
    string ResolvePath(string path);

    /// <summary>True under -WhatIf: changes are only said, and what comes later is to be said as if they had been made.</summary>
    bool IsForecast => false;

    /// <summary>True when the user wants the command to end at the first error: -ErrorAction Stop.</summary>
    bool StopsOnError => false;

    /// <summary>The command line that runs the same command as root, for messages; null where nothing is known.</summary>
    string? AsRoot { get; }
}
