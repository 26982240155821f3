namespace LinuxMemory.CommandLine;

internal static class Program
{
    private static int Main(string[] args)
    {
        using CancellationTokenSource stopping = new();
        using Signals signals = new(stopping);
        try
        {
            return ConsoleProgram.Run(args, ConsoleHost.Standard(stopping));
        }
        catch (Exception e)
        {
            // A mistake of ours: said in full, without the core dump that an unhandled exception leaves.
            new ErrorOutput(Console.Error).WriteLine($"linuxmemory: an error that should not happen, please report it: {e}");
            return ConsoleProgram.Failed;
        }
    }
}
