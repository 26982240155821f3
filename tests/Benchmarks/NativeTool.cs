using System.Diagnostics;
using System.Globalization;

namespace LinuxMemory.Benchmarks;

/// <summary>A C program made for a measurement; gone at the end.</summary>
internal sealed class NativeTool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-bench-").FullName;

    private NativeTool(string compiler, string source)
    {
        Path = System.IO.Path.Join(_folder, "tool");
        string code = Path + ".c";
        File.WriteAllText(code, source);
        using Process process = Process.Start(compiler, ["-O2", "-w", "-o", Path, code]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The C program for the measurement does not compile.");
        }
    }

    public string Path { get; }

    /// <summary>A directory of its own.</summary>
    public string Folder => _folder;

    /// <summary>Compiles; null without a compiler.</summary>
    public static NativeTool? Compile(string source) => Timing.Find("gcc") is string compiler ? new NativeTool(compiler, source) : null;

    /// <summary>Starts it in the background and waits for its first line, which it returns; it ends with its input.</summary>
    public (Process Process, string Line) Start(params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return (process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The C program for the measurement ended early."));
    }

    /// <summary>The milliseconds that it measures itself and prints: its start does not count.</summary>
    public Func<double> OwnTime(params string[] arguments) => () =>
    {
        (Process process, string line) = Start(arguments);
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        return double.Parse(line, CultureInfo.InvariantCulture);
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
