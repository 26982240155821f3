using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>Questions on the terminal, with PowerShell's letters; yes and no to all last until the command ends.</summary>
internal sealed class Questions(ConsoleHost host)
{
    private bool? _forAll;

    /// <summary>The answer. The end of the input is no.</summary>
    public bool Ask(string caption, string query, bool canAnswerAll)
    {
        if (canAnswerAll && _forAll is bool settled)
        {
            return settled;
        }
        host.Errors.WriteLine(MessageText.Of(caption));
        host.Errors.WriteLine(MessageText.Of(query));
        while (!host.Stopping.IsCancellationRequested)
        {
            host.Errors.Write(canAnswerAll ? "[Y] Yes  [A] Yes to All  [N] No  [L] No to All (default is \"N\"): " : "[Y] Yes  [N] No (default is \"N\"): ");
            host.Errors.Flush();
            switch (ReadLine()?.Trim().ToUpperInvariant())
            {
                case "Y" or "YES":
                    return true;
                case "A" when canAnswerAll:
                    return (_forAll = true).Value;
                case "L" when canAnswerAll:
                    return (_forAll = false).Value;
                case "N" or "NO" or "" or null:
                    return false;
            }
        }
        return false;
    }

    // A read of the terminal cannot be ended from outside. Ctrl-C leaves it behind, and it ends with the program.
    private string? ReadLine()
    {
        Task<string?> line = Task.Run(host.Input.ReadLine);
        line.Wait(host.Stopping.Token);
        return line.GetAwaiter().GetResult();
    }
}
