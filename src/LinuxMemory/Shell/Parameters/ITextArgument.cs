namespace LinuxMemory.Commands;

/// <summary>
/// An attribute that makes a parameter's value of the text on a command line. PowerShell calls Transform; the Console, where
/// PowerShell's exceptions lose their messages, calls this.
/// </summary>
internal interface ITextArgument
{
    /// <summary>The value that the text means.</summary>
    /// <exception cref="FormatException">It means none; the message shows a right example.</exception>
    object FromText(string text);
}
