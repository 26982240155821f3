using System.Text;
using LinuxMemory.CommandLine;

namespace LinuxMemory.Tests;

/// <summary>A run of the Console in this process, with what it wrote.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs the arguments as a script would, without a terminal.</summary>
    public static ConsoleRun Of(params string[] arguments) => Of(host => host, arguments);

    /// <summary>The same with another host.</summary>
    public static ConsoleRun Of(Func<ConsoleHost, ConsoleHost> change, params string[] arguments)
    {
        using MemoryStream output = new();
        using StringWriter errors = new();
        using StringReader input = new("");
        using CancellationTokenSource stopping = new();
        ConsoleHost host = change(new ConsoleHost { Output = output, Errors = errors, Input = input, Stopping = stopping });
        int code = ConsoleProgram.Run(arguments, host);
        return new ConsoleRun(code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
