using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A program that a test makes, starts, looks at and ends.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts a program and waits until it writes its first line.</summary>
    public static Child Start(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Child child = new(process);
        try
        {
            Assert.Equal("ready", process.StandardOutput.ReadLine());
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the first thread sleeps: behind its line a program still has to get to where it waits.</summary>
    public void WaitUntilAsleep()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, Id);
        Assert.True(SpinWait.SpinUntil(() => ProcessStatFile.Read(directory).State == 'S', TimeSpan.FromSeconds(30)));
    }

    /// <summary>The absolute path of a tool; the test is skipped where it is missing.</summary>
    public static string Tool(string name)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed");
        return path!;
    }

    /// <summary>Runs a tool to its end and gives its output; null when it fails.</summary>
    public static string? Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors.Wait();
        return process.ExitCode == 0 ? output : null;
    }

    public List<ProcessMemoryMapping> Mappings(bool fast = false)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, Id);
        return [.. ProcessMemoryMap.Read(directory, fast)];
    }

    /// <summary>Ends it and waits until it is gone.</summary>
    public void End()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }
}
