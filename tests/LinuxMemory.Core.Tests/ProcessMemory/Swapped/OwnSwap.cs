using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A swap area of a test's own, on a file system of its own, which the kernel fills first; it goes with the test.</summary>
internal sealed class OwnSwap : IDisposable
{
    private readonly LoopDisk _disk = LoopDisk.Make("ext4", 200 << 20);

    public OwnSwap()
    {
        Path = System.IO.Path.Join(_disk.Root, "swap");
        try
        {
            // Blocks that were written, not only allocated: what the file system reads from the file is what the kernel put there.
            Run("dd", "if=/dev/zero", $"of={Path}", "bs=1M", "count=96", "conv=fsync");
            Run("chmod", "600", Path);
            Run("mkswap", Path);
            SwapAreaUse.PlanEnabling(Machine.Live, Path, 32767, SwapDiscard.None).Apply(Machine.Live);
        }
        catch
        {
            _disk.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>A page as it stands on the disk.</summary>
    public byte[] PageOnDisk(long number)
    {
        string copy = System.IO.Path.Join(_disk.Root, "page");
        Run("dd", $"if={Path}", $"of={copy}", "iflag=direct", "bs=4096", $"skip={number}", "count=1");
        return File.ReadAllBytes(copy);
    }

    public void Dispose() => _disk.Dispose();

    private static void Run(string program, params string[] arguments)
    {
        (int code, string output) = Live.Run(program, arguments);
        Assert.True(code == 0, $"{program}: {output}");
    }
}
