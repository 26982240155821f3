namespace LinuxMemory.Fixtures;

/// <summary>The Console that lies beside the tests, as a program of its own.</summary>
public static class ConsoleSession
{
    /// <summary>What starts it: dotnet and its assembly, or itself where the tests were published with a runtime.</summary>
    public static string[] Command { get; } = File.Exists(Path.Join(AppContext.BaseDirectory, "libcoreclr.so"))
        ? [Path.Join(AppContext.BaseDirectory, "LinuxMemory.Console")]
        : ["dotnet", Path.Join(AppContext.BaseDirectory, "LinuxMemory.Console.dll")];

    /// <summary>Runs it and gives what it wrote and its exit code.</summary>
    public static (int Code, string Output) Run(params string[] arguments) => Live.Run(Command[0], [.. Command[1..], .. arguments]);
}
