using System.Diagnostics;
using System.Globalization;

namespace LinuxMemory.Core.Tests;

/// <summary>A running program that goes on in its time as it is told, so that what it uses does not depend on how fast the machine is.</summary>
internal sealed class GrowthProgram : IDisposable
{
    private readonly Process _process;

    public GrowthProgram(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    /// <summary>Lets it work up to a part of its time, 0 to 1, and waits until it has.</summary>
    public void GoOn(double part)
    {
        _process.StandardInput.WriteLine(part.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        Assert.Equal("", _process.StandardOutput.ReadLine());
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
