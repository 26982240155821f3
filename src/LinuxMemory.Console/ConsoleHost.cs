using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace LinuxMemory.CommandLine;

/// <summary>What a run of the Console has around it: streams, a terminal or none, its own files. Tests bring their own.</summary>
internal sealed record ConsoleHost
{
    /// <summary>Columns of text when the output is no terminal and COLUMNS does not say.</summary>
    public const int DefaultWidth = 120;

    public required Stream Output { get; init; }

    public required TextWriter Errors { get; init; }

    public required TextReader Input { get; init; }

    public required CancellationTokenSource Stopping { get; init; }

    /// <summary>The output is a terminal: each object is shown at once.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Somebody can be asked.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Columns of text.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The folder with the views and the help.</summary>
    public string Folder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The command that starts this program, for messages.</summary>
    public string Executable { get; init; } = "linuxmemory";

    /// <summary>The host of a process.</summary>
    public static ConsoleHost Standard(CancellationTokenSource stopping) => new()
    {
        Output = OpenOutput(),
        Errors = new ErrorOutput(Console.Error),
        Input = Console.In,
        Stopping = stopping,
        IsOutputTerminal = !Console.IsOutputRedirected,
        CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        Width = WidthOf(Environment.GetEnvironmentVariable("COLUMNS"), Console.IsOutputRedirected),
        Executable = FindExecutable(),
    };

    private static Stream OpenOutput()
    {
        try
        {
            // Console.OpenStandardOutput hides a closed pipe; a FileStream does not share the position in a redirected file.
            FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return output.CanSeek ? Console.OpenStandardOutput() : output;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Stream.Null;
        }
    }

    private static int WidthOf(string? columns, bool isRedirected)
    {
        if (int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width > 0)
        {
            return width;
        }
        int window = isRedirected ? 0 : Console.WindowWidth;
        return window > 0 ? window : DefaultWidth;
    }

    private static string FindExecutable()
    {
        string beside = Path.Join(AppContext.BaseDirectory, "linuxmemory");
        return File.Exists(beside) ? beside : Environment.ProcessPath ?? "linuxmemory";
    }
}
