using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>Tests that change the computer they run on.</summary>
public static class Live
{
    /// <summary>Why they are skipped here; null where the environment asks for them and root runs them.</summary>
    public static string? Obstacle =>
        Environment.GetEnvironmentVariable("LINUXMEMORY_LIVE") != "1" ? "changes the machine: needs LINUXMEMORY_LIVE=1"
        : Machine.Live.Calls.EffectiveUserId != 0 ? "needs root"
        : null;

    /// <summary>Runs a program and gives what it wrote and its exit code.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
