using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>One run: a cmdlet by its PowerShell name, or help.</summary>
internal static class ConsoleProgram
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;
    public const int Interrupted = 130;

    private const int BrokenPipe = 32;

    /// <summary>Runs the arguments and gives the exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments, ConsoleHost host)
    {
        using OutputBuffer buffer = new(host);
        try
        {
            int code = Dispatch(arguments, host, buffer);
            buffer.Flush();
            return code;
        }
        catch (UsageException e)
        {
            host.Errors.WriteLine($"linuxmemory: {e.Message}");
            return Misused;
        }
        catch (OutputClosedException e) when (e.InnerException!.HResult == BrokenPipe)
        {
            return Done;
        }
        catch (OutputClosedException e)
        {
            host.Errors.WriteLine($"linuxmemory: the output cannot be written: {e.Message}");
            return Failed;
        }
    }

    private static int Dispatch(IReadOnlyList<string> arguments, ConsoleHost host, OutputBuffer buffer)
    {
        string first = arguments.Count > 0 ? arguments[0] : "";
        TextOutput text = new(buffer, host, OutputFormat.Text);
        if (first is "" or "--help" or "-h" or "-?" or "help")
        {
            return arguments.Count > 1 ? HelpOn(arguments[1], host, text) : text.WriteText(HelpText.Overview(host), first.Length > 0 ? Done : Misused);
        }
        if (first == "--version")
        {
            return text.WriteText($"linuxmemory {typeof(MemoryCmdlet).Assembly.GetName().Version!.ToString(3)}", Done);
        }
        if (arguments.Skip(1).TakeWhile(argument => argument != "--").Any(argument => argument is "--help" or "-?" or "-h"))
        {
            return HelpOn(first, host, text);
        }
        Command command = CommandTable.Find(first);
        ParameterSet bound = ParameterSet.Choose(command, CommandLine.Read(command, [.. arguments.Skip(1)]));
        return Execute(command, bound, host, buffer, arguments);
    }

    private static int HelpOn(string name, ConsoleHost host, TextOutput text) => text.WriteText(HelpText.Of(CommandTable.Find(name), host), Done);

    private static int Execute(Command command, ParameterSet bound, ConsoleHost host, OutputBuffer buffer, IReadOnlyList<string> arguments)
    {
        CommonParameters common = new();
        using MemoryCmdlet cmdlet = command.Create();
        foreach ((CommandParameter parameter, object? value) in bound.Values)
        {
            parameter.Set(parameter.IsCommon ? common : cmdlet, value);
        }
        ObjectOutput output = common.As == OutputFormat.Json ? new JsonOutput(buffer) : new TextOutput(buffer, host, common.As);
        ConsoleShell shell = new(host, command, common, output, arguments);
        cmdlet.Shell = shell;
        try
        {
            cmdlet.RunBegin();
            cmdlet.RunProcess();
            cmdlet.RunEnd();
        }
        catch (StoppedException)
        {
            // It is reported.
        }
        catch (OperationCanceledException) when (host.Stopping.IsCancellationRequested)
        {
            // The exit code says it.
        }
        shell.EndProgress();
        buffer.Flush();
        return host.Stopping.IsCancellationRequested ? Interrupted : shell.HasFailed ? Failed : Done;
    }
}
