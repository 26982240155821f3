namespace LinuxMemory.CommandLine;

internal static class Program
{
    private static int Main() => 2;
}
