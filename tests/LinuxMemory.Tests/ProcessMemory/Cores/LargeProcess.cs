using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>A process with 400 MiB, whose core takes a while.</summary>
internal sealed class LargeProcess : IDisposable
{
    private const string Source = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        int main(void) { memset(malloc(400 << 20), 1, 400 << 20); puts("ready"); fflush(stdout); pause(); }
        """;

    private readonly Process _process;

    private LargeProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Compiles it in a folder and starts it; the test is skipped where there is no compiler.</summary>
    public static LargeProcess Start(string folder)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "needs gcc");
        string program = Path.Join(folder, "large");
        File.WriteAllText(program + ".c", Source);
        Assert.Equal(0, Live.Run("gcc", "-o", program, program + ".c").Code);
        LargeProcess large = new(Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!);
        Assert.Equal("ready", large._process.StandardOutput.ReadLine());
        return large;
    }

    public string Status(string key) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/status")).First(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();

    public void AssertRunsOn()
    {
        Assert.Equal("0", Status("TracerPid"));
        Assert.StartsWith("S", Status("State"), StringComparison.Ordinal);
    }

    /// <summary>Ends it. Not by Process.Kill: the runtime takes the stop of a child that this process traces for its end.</summary>
    public void Dispose()
    {
        Live.Run("kill", "-KILL", Id.ToString(CultureInfo.InvariantCulture));
        _process.Dispose();
    }
}
