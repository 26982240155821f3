namespace LinuxMemory.CommandLine;

internal static class Program
{
    private static int Main(string[] args)
    {
        using CancellationTokenSource stopping = new();
        using Signals signals = new(stopping);
        return ConsoleProgram.Run(args, ConsoleHost.Standard(stopping));
    }
}
